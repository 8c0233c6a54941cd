package dev.sea.integrations.store;

import static dev.sea.integrations.testing.LocalAws.callsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.secret.SecretCleanUp;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Storage that loses answers, throttles and fails; nothing may be lost, doubled or left over by it. */
@QuarkusTest
class StorageTest {
    private static final String ALL = "/v1/integrations";
    private static final String STORE_ONLY = ALL + "?validate=false";
    private static final int FOR_GOOD = 1000;
    private static final Set<String> WRITES = Set.of("TransactWriteItems");

    @Inject
    TestClock clock;

    @Inject
    SeaConfig config;

    @Inject
    SecretCleanUp cleanUp;

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aCreationWhoseAnswerGotLostIsNoConflictWithItself() {
        try (var _ = transactions("lost-answer", 1)) {
            Gateway.Answer created = admin.post(STORE_ONLY, role().toString());

            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(admin.get(created.header("Location")).status()).isEqualTo(200);
        }
        assertThat(Items.count(tenant)).isEqualTo(1);
        assertThat(Items.ofTenant(tenant)).hasSize(4);
    }

    @Test
    void aCreationWithKeysWhoseAnswerGotLostKeepsItsSecret() {
        try (var _ = transactions("lost-answer", 1)) {
            assertThat(admin.post(STORE_ONLY, Drafts.keys().toString()).status())
                    .isEqualTo(201);
        }
        assertThat(Items.secrets(tenant)).hasSize(1);
        assertThat(Items.markers(tenant)).isEmpty();
    }

    /** All of its attempts got through, so to say, and all answers were lost. */
    @Test
    void aCreationOfWhichNoAnswerCameIsFoundOut() {
        try (var _ = transactions("lost-answer", FOR_GOOD)) {
            Gateway.Answer created = admin.post(STORE_ONLY, Drafts.keys().toString());

            assertThat(created.status()).as(created.text()).isEqualTo(201);
        }
        assertThat(Items.secrets(tenant)).hasSize(1);
        assertThat(Items.markers(tenant)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "500"})
    void aPassingFaultOfTheTransactionIsNotSeen(String kind) {
        try (var _ = transactions(kind, 1)) {
            assertThat(admin.post(STORE_ONLY, Drafts.keys().toString()).status())
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "500", "reset"})
    void aTransactionThatFailsForGoodLeavesNothingBehind(String kind) {
        try (var _ = outage(kind)) {
            assertThatItIsUnavailable(admin.post(STORE_ONLY, Drafts.keys().toString()));
        }
        assertThat(Items.ofTenant(tenant)).isEmpty();
        assertThat(Items.secrets(tenant)).isEmpty();
        assertThat(Items.markers(tenant)).isEmpty();
    }

    @Test
    void theMarkerStaysWhereTheSecretCannotBeRemoved() {
        try (var _ = outage("500");
                var _ = Outage.of("500", "SecretsManager", Set.of("DeleteSecret"), tenant)) {
            assertThatItIsUnavailable(admin.post(STORE_ONLY, Drafts.keys().toString()));
        }
        assertThat(Items.secrets(tenant)).hasSize(1).isEqualTo(Items.markers(tenant));
    }

    /** Right after a secret is made, not every part of Secrets Manager knows it. */
    @Test
    void aSecretThatIsNotKnownYetIsLeftToTheCleanUp() {
        try (var _ = outage("500");
                var _ = LocalAws.errorOnBody(
                        400, "ResourceNotFoundException", "secretsmanager", "DeleteSecret", tenant, 1)) {
            assertThatItIsUnavailable(admin.post(STORE_ONLY, Drafts.keys().toString()));
        }
        assertThat(Items.secrets(tenant)).hasSize(1).isEqualTo(Items.markers(tenant));

        clock.advance(config.cleanUp().age().plusSeconds(1));
        cleanUp.all();
        assertThat(Items.secrets(tenant)).isEmpty();
        assertThat(Items.markers(tenant)).isEmpty();
    }

    @Test
    void aSecretWhoseAnswerGotLostIsMadeOnce() {
        try (var _ = secrets("lost-answer", "CreateSecret", 1)) {
            assertThat(admin.post(STORE_ONLY, Drafts.keys().toString()).status())
                    .isEqualTo(201);
        }
        assertThat(Items.secrets(tenant)).hasSize(1);
        assertThat(Items.markers(tenant)).isEmpty();
    }

    /** It may yet be made, after the answer that it was not: the clean-up waits until nothing can come any more. */
    @ParameterizedTest
    @ValueSource(strings = {"500", "lost-answer"})
    void aSecretWhoseMakingGotNoAnswerIsLeftToTheCleanUp(String kind) {
        try (var _ = secrets(kind, "CreateSecret", FOR_GOOD)) {
            assertThatItIsUnavailable(admin.post(STORE_ONLY, Drafts.keys().toString()));
        }
        assertThat(Items.ofTenant(tenant)).isEmpty();
        assertThat(Items.markers(tenant)).hasSize(1).containsAll(Items.secrets(tenant));
    }

    @Test
    void aRefusedNameLeavesNoSecretBehind() {
        admin.post(STORE_ONLY, role().toString());

        assertThat(admin.post(STORE_ONLY, Drafts.keys().toString()).status()).isEqualTo(409);
        assertThat(Items.secrets(tenant)).isEmpty();
        assertThat(Items.markers(tenant)).isEmpty();
        assertThat(Items.count(tenant)).isEqualTo(1);
    }

    @Test
    void aTenantHasNoMoreThanItsLimit() {
        Account.SERVICE
                .dynamoDb()
                .putItem(request -> request.tableName("local-sea-external-integrations")
                        .item(Map.of(
                                "PK", AttributeValue.fromS("TENANT#" + tenant),
                                "SK", AttributeValue.fromS("COUNT"),
                                "integrations", AttributeValue.fromN("199"))));

        assertThat(admin.post(STORE_ONLY, role().setText("/name", "the last").toString())
                        .status())
                .isEqualTo(201);
        Gateway.Answer oneTooMany = admin.post(STORE_ONLY, Drafts.keys().toString());
        assertThat(oneTooMany.status()).isEqualTo(409);
        assertThat(oneTooMany.json().path("type").asText()).isEqualTo("urn:sea:problem:limit-reached");
        assertThat(Items.secrets(tenant)).isEmpty();
    }

    @Test
    void aReservationOfAnotherTenantEndsByTheClock() {
        ExternalId open = new ExternalId("sea-" + UUID.randomUUID());
        ExternalId over = new ExternalId("sea-" + UUID.randomUUID());
        Items.reserve(open, "somebody-else", Instant.now().plusSeconds(60));
        Items.reserve(over, "somebody-else", Instant.now().minusSeconds(1));

        assertThat(admin.post(
                                STORE_ONLY,
                                Drafts.role()
                                        .setText("/access/externalId", open.value())
                                        .toString())
                        .status())
                .isEqualTo(409);
        assertThat(admin.post(
                                STORE_ONLY,
                                Drafts.role()
                                        .setText("/access/externalId", over.value())
                                        .toString())
                        .status())
                .isEqualTo(201);
        assertThat(Items.claim(over)).doesNotContainKey("ttl").containsEntry("uses", AttributeValue.fromN("1"));
    }

    @Test
    void anActivationWhoseAnswerGotLostIsNoConflictWithItself() {
        String path = admin.post(ALL, Drafts.of(Customer.healthy(), "Plant 7").toString())
                .header("Location");
        try (var _ = LocalAws.faultOnBody("lost-answer", "dynamodb", "UpdateItem", tenant, 1)) {
            Gateway.Answer active = admin.post(path + "/activate", null);

            assertThat(active.status()).as(active.text()).isEqualTo(200);
            assertThat(active.json().path("version").asInt()).isEqualTo(2);
        }
        assertThat(admin.get(path).json().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void aReportIsShownThoughHealthCouldNotBeWrittenAfterCreation() {
        Drafts draft = Drafts.of(Customer.healthy(), "Plant 7");
        try (var _ = Outage.of("500", "DynamoDb", WRITES, "OUTBOX#")) {
            Gateway.Answer created = admin.post(ALL, draft.toString());

            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(created.json().path("validation").path("status").asText())
                    .isEqualTo("HEALTHY");
            assertThat(created.json().path("health").path("status").asText()).isEqualTo("UNKNOWN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "500", "reset"})
    void readsThatFailForGoodAreUnavailable(String kind) {
        String path = admin.post(STORE_ONLY, role().toString()).header("Location");
        try (var _ = Outage.of(kind, "DynamoDb", Set.of(), tenant)) {
            assertThatItIsUnavailable(admin.get(ALL));
            assertThatItIsUnavailable(admin.get(path));
        }
    }

    /** With all attempts of the SDK and its pauses. */
    @Test
    void aReadOfWhichEachAttemptFailsIsUnavailable() {
        try (var _ = LocalAws.faultOnBody("500", "dynamodb", "*", tenant, FOR_GOOD)) {
            assertThatItIsUnavailable(admin.get(ALL));
        }
    }

    @Test
    void aRecordThatCannotBeReadIsOurMistakeAndTellsNothing() {
        String id = "int_01JD9Z00000000000000000000";
        Items.putUnreadable(tenant, id);

        Gateway.Answer answer = admin.get(ALL + "/" + id);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:integration-unreadable");
        assertThat(answer.json().path("requestId").asText()).startsWith("request-");
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("item");
    }

    @Test
    void callsAreFewAndDoNotGrow() {
        admin.post(STORE_ONLY, role().setText("/name", "another").toString());

        assertThat(callsOf(() -> admin.get(ALL))).containsExactly("Query");
        String path = admin.post(STORE_ONLY, role().setText("/name", "a third").toString())
                .header("Location");
        assertThat(callsOf(() -> admin.get(path))).containsExactly("GetItem");
        assertThat(callsOf(() -> admin.post(STORE_ONLY, role().toString())))
                .containsExactly("GetItem", "UpdateItem", "TransactWriteItems");
        assertThat(callsOf(() -> admin.post(
                        STORE_ONLY, Drafts.keys().setText("/name", "keys").toString())))
                .containsExactly("PutItem", "CreateSecret", "TransactWriteItems");
    }

    private Outage outage(String kind) {
        return Outage.of(kind, "DynamoDb", WRITES, tenant);
    }

    private LocalAws.Fault transactions(String kind, int times) {
        return LocalAws.faultOnBody(kind, "dynamodb", "TransactWriteItems", tenant, times);
    }

    private LocalAws.Fault secrets(String kind, String operation, int times) {
        return LocalAws.faultOnBody(kind, "secretsmanager", operation, tenant, times);
    }

    private static void assertThatItIsUnavailable(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.text()).doesNotContain("DynamoDb").doesNotContain("Exception");
    }

    private static Drafts role() {
        return Drafts.role().setText("/access/externalId", "sea-" + UUID.randomUUID());
    }
}
