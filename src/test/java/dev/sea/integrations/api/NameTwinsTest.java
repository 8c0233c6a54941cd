package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Names that look alike, and names that were claimed before names were compared by their looks. */
@QuarkusTest
class NameTwinsTest {
    private static final String STORE_ONLY = "/v1/integrations?validate=false";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    @Inject
    DynamoDbClient dynamo;

    @Inject
    SeaConfig config;

    @ParameterizedTest
    @ValueSource(strings = {"plant 7", "Plant\u00A07", "Plant  7", "Plant 7\u200B", "Ｐｌａｎｔ ７"})
    void aTwinIsTaken(String twin) {
        assertThat(create("Plant 7").status()).isEqualTo(201);

        assertThatItIsTaken(create(twin));
        assertThatItIsTaken(rename(create("Plant 8"), twin));
    }

    @Test
    void aNameMayTakeAnotherFormOfItself() {
        Gateway.Answer made = create("Plant 7");

        assertThat(rename(made, "Ｐｌａｎｔ ７").status()).isEqualTo(200);
        assertThatItIsTaken(create("PLANT 7"));
        assertThat(delete(made).status()).isEqualTo(204);
        assertThat(create("plant 7").status()).isEqualTo(201);
        assertThat(stored.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u00A0", "\u2800", "a\u202Eb"})
    void aNameThatDeceivesIsRefused(String name) {
        assertThat(create(name).status()).isEqualTo(400);
        assertThat(stored.count()).isZero();
    }

    /** One sign that stands for eighteen letters. */
    @Test
    void aNameThatIsTooLongOnceItIsSpelledOutIsRefused() {
        assertThat(create("\uFDFA".repeat(31)).status()).isEqualTo(400);
        assertThat(stored.count()).isZero();
        assertThat(create("\uFDFA".repeat(30)).status()).isEqualTo(201);
    }

    @Test
    void theListFindsANameByTheStartOfATwin() {
        create("Plant 7");

        assertThat(found("Ｐｌａｎｔ")).isEqualTo(1);
        assertThat(found("plant\u00A0")).isEqualTo(1);
        assertThat(found("plant 8")).isZero();
    }

    @Test
    void aFormerClaimHoldsItsName() {
        former("Plant\u00A07", create("Plant\u00A07"));

        assertThatItIsTaken(create("Plant\u00A07"));
        assertThatItIsTaken(rename(create("Plant 8"), "plant\u00A07"));
    }

    @Test
    void aFormerClaimGoesWithItsIntegration() {
        Gateway.Answer old = create("Plant\u00A07");
        former("Plant\u00A07", old);

        assertThat(delete(old).status()).isEqualTo(204);

        assertThat(create("Plant\u00A07").status()).isEqualTo(201);
    }

    @Test
    void anEditMovesAFormerClaim() {
        Gateway.Answer old = create("Plant\u00A07");
        former("Plant\u00A07", old);

        assertThat(rename(old, "Plant 7").status()).isEqualTo(200);

        assertThatItIsTaken(create("Plant\u00A07"));
        assertThat(delete(old).status()).isEqualTo(204);
        assertThat(create("Plant\u00A07").status()).isEqualTo(201);
    }

    /** Both were stored when they were two names. */
    @Test
    void formerTwinsCanBeEditedAndDeleted() {
        Gateway.Answer twin = create("Plant\u00A07");
        former("Plant\u00A07", twin);
        Gateway.Answer plain = create("Plant 7");
        assertThat(plain.status()).as(plain.text()).isEqualTo(201);

        assertThat(rename(twin, "Plant 9").status()).isEqualTo(200);
        assertThat(rename(twin, "Plant 7", 2).status()).isEqualTo(409);
        assertThat(delete(twin).status()).isEqualTo(204);
        assertThatItIsTaken(create("plant 7"));
    }

    @Test
    void aFormerTwinCanBeDeletedAsItIs() {
        Gateway.Answer twin = create("Plant\u00A07");
        former("Plant\u00A07", twin);
        create("Plant 7");

        assertThat(delete(twin).status()).isEqualTo(204);

        assertThatItIsTaken(create("plant 7"));
    }

    /** Names and other texts are stored that nobody could enter now. */
    @Test
    void aRecordThatIsOlderThanTheRulesStaysUsable() {
        Gateway.Answer old = create("Plant 7");
        String name = "Plant\u202E7";
        String id = old.json().path("id").asText();
        dynamo.updateItem(update -> update.tableName(config.table())
                .key(StoredData.key(tenant, id))
                .updateExpression("SET #name = :text, #description = :text, #prefix = :prefix")
                .expressionAttributeNames(Map.of("#name", "name", "#description", "description", "#prefix", "prefix"))
                .expressionAttributeValues(
                        Map.of(":text", AttributeValue.fromS(name), ":prefix", AttributeValue.fromS("a\u202E/"))));
        former("Plant\u202E7", old);

        assertThat(admin.get(old.header("Location")).json().path("name").asText())
                .isEqualTo(name);
        assertThat(admin.get("/v1/integrations").json().path("items")).hasSize(1);
        assertThat(rename(old, name).status()).isEqualTo(200);
        assertThat(rename(old, name + "\u202E").status()).isEqualTo(400);
        assertThat(rename(old, "Plant 8").status()).isEqualTo(200);
        assertThat(delete(old).status()).isEqualTo(204);
        assertThat(stored.problems()).isEmpty();
    }

    /** Puts the claim of a name where it was before: under the name in lower case. */
    private void former(String name, Gateway.Answer integration) {
        Map<String, AttributeValue> now = key("plant 7");
        Map<String, AttributeValue> claim = new HashMap<>(
                dynamo.getItem(get -> get.tableName(config.table()).key(now)).item());
        assertThat(claim)
                .containsEntry(
                        "integration",
                        AttributeValue.fromS(integration.json().path("id").asText()));
        dynamo.deleteItem(delete -> delete.tableName(config.table()).key(now));
        claim.putAll(key(name.toLowerCase(Locale.ROOT)));
        dynamo.putItem(put -> put.tableName(config.table()).item(claim));
    }

    private Map<String, AttributeValue> key(String claim) {
        return Map.of("PK", AttributeValue.fromS("TENANT#" + tenant), "SK", AttributeValue.fromS("NAME#" + claim));
    }

    private int found(String start) {
        Gateway.Answer answer = admin.get("/v1/integrations?name=" + URLEncoder.encode(start, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("items").size();
    }

    private Gateway.Answer create(String name) {
        return admin.post(STORE_ONLY, Drafts.keys().setText("/name", name).toString());
    }

    private Gateway.Answer rename(Gateway.Answer integration, String name) {
        return rename(integration, name, 1);
    }

    private Gateway.Answer rename(Gateway.Answer integration, String name, int version) {
        return admin.header("If-Match", "\"" + version + "\"")
                .header("content-type", "application/merge-patch+json")
                .send(
                        "PATCH",
                        integration.header("Location"),
                        Drafts.patch("{}").setText("/name", name).toString());
    }

    private Gateway.Answer delete(Gateway.Answer integration) {
        return admin.send("DELETE", integration.header("Location"), null);
    }

    private static void assertThatItIsTaken(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:name-taken");
    }
}
