package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
class RepeatableCreationTest {
    private static final String ALL = "/v1/integrations";
    private static final String STORE_ONLY = ALL + "?validate=false";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    @Inject
    TestClock clock;

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    @Test
    void theSameKeyAndBodyHaveTheSameAnswer() {
        String body = Drafts.of(Customer.healthy(), "Plant 7").toString();

        Gateway.Answer first = key("a").post(ALL, body);
        Gateway.Answer again = key("a").post(ALL, body);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.json().path("validation").path("status").asText()).isEqualTo("HEALTHY");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(again.header(header)).isEqualTo(first.header(header)).isNotEmpty();
        }
        assertThat(stored.count()).isEqualTo(1);
    }

    @Test
    void theAnswerStaysTheSameWhateverBecomesOfTheIntegration() {
        String body = Drafts.keys().toString();
        Gateway.Answer first = key("a").post(STORE_ONLY, body);
        admin.send("DELETE", first.header("Location"), null);

        assertThat(key("a").post(STORE_ONLY, body).text()).isEqualTo(first.text());
        assertThat(stored.count()).isZero();
        clock.advance(Duration.ofHours(24));
        assertThat(key("a").post(STORE_ONLY, body).json().path("id"))
                .isNotEqualTo(first.json().path("id"));
    }

    @Test
    void whatAnAttemptStoredBeforeItCrashedIsTheAnswer() {
        String body = Drafts.keys().toString();
        Gateway.Answer first = key("a").post(STORE_ONLY, body);
        forgetTheAnswer("a");

        Gateway.Answer again = key("a").post(STORE_ONLY, body);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(stored.count()).isEqualTo(1);
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void whatSomebodyDeletedAfterACrashIsNotMadeAgain() {
        String body = Drafts.keys().toString();
        Gateway.Answer first = key("a").post(STORE_ONLY, body);
        forgetTheAnswer("a");
        admin.send("DELETE", first.header("Location"), null);

        Gateway.Answer again = key("a").post(STORE_ONLY, body);
        assertThat(again.status()).as(again.text()).isEqualTo(409);
        assertThat(again.json().path("type").asText()).isEqualTo("urn:sea:problem:created-and-deleted");
        assertThat(again.json().path("detail").asText())
                .contains(first.json().path("id").asText())
                .contains("new Idempotency-Key");
        assertThat(key("a").post(STORE_ONLY, body).text()).isEqualTo(again.text());
        assertThat(stored.count()).isZero();
        assertThat(stored.problems()).isEmpty();
        assertThat(key("b").post(STORE_ONLY, body).status()).isEqualTo(201);
    }

    /** As if the process had died after it stored the integration, and its minute were over. */
    private void forgetTheAnswer(String key) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(Map.of(
                                "PK", AttributeValue.fromS("TENANT#" + tenant),
                                "SK", AttributeValue.fromS("IDEM#" + key)))
                        .updateExpression("SET runsUntil = :ended REMOVE #status, headers, body")
                        .expressionAttributeNames(Map.of("#status", "status"))
                        .expressionAttributeValues(Map.of(":ended", AttributeValue.fromN("0"))));
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        key("a").post(STORE_ONLY, Drafts.keys().toString());

        String otherSecret = Drafts.keys().toString().replace(Drafts.SECRET, "x" + Drafts.SECRET.substring(1));
        for (Gateway.Answer answer : List.of(
                key("a").post(
                                STORE_ONLY,
                                Drafts.keys().setText("/name", "other").toString()),
                key("a").post(STORE_ONLY, otherSecret),
                key("a").post(ALL, Drafts.keys().toString()))) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:idempotency-key-reused");
        }
        assertThat(stored.count()).isEqualTo(1);
    }

    @Test
    void keysAreEachTenantsOwn() {
        String body = Drafts.keys().toString();
        key("a").post(STORE_ONLY, body);

        assertThat(Gateway.admin(Gateway.freshTenant())
                        .header("idempotency-key", "a")
                        .post(STORE_ONLY, body)
                        .status())
                .isEqualTo(201);
        assertThat(stored.count()).isEqualTo(1);
    }

    @Test
    void aRefusalByWhatIsStoredIsRepeatedAndBadInputIsNot() {
        admin.post(STORE_ONLY, Drafts.keys().toString());
        Gateway.Answer taken = key("a").post(STORE_ONLY, Drafts.keys().toString());
        Gateway.Answer invalid = key("b").post(STORE_ONLY, "{}");

        assertThat(taken.status()).isEqualTo(409);
        assertThat(key("a").post(STORE_ONLY, Drafts.keys().toString()).text()).isEqualTo(taken.text());
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(key("b").post(STORE_ONLY, Drafts.keys().setText("/name", "b").toString())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void neitherTheSecretNorAnythingThatTellsItIsKept() {
        key("a").post(STORE_ONLY, Drafts.keys().toString());
        key("b").post(STORE_ONLY, Drafts.keys().toString().replace("Plant 7", "Plant 8"));

        var items = stored.items("IDEM#");
        assertThat(items).hasSize(2);
        assertThat(items.toString()).doesNotContain(Drafts.SECRET.substring(0, 8));
        assertThat(items.stream().map(item -> item.get("salt")).distinct()).hasSize(2);
    }

    @Test
    void aKeyMayHoldACommaAndMustBePrintable() {
        String body = Drafts.keys().toString();
        Gateway.Answer first = key("a, b,c").post(STORE_ONLY, body);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(key("a, b,c").post(STORE_ONLY, body).text()).isEqualTo(first.text());
        assertThat(key("a, b").post(STORE_ONLY, body).status()).isEqualTo(409);
        for (String bad : List.of(" ", "k".repeat(256), "k\u00e9y")) {
            Gateway.Answer answer = key(bad).post(STORE_ONLY, body);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo("Idempotency-Key");
        }
    }

    private Gateway key(String key) {
        return admin.header("idempotency-key", key);
    }
}
