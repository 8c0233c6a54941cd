package dev.sea.integrations.destination;

import static dev.sea.integrations.testing.Gateway.errors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The destination of recordings as administrators and workflows meet it. */
@QuarkusTest
class DestinationTest {
    private static final String PATH = "/v1/destinations/recordings";
    private static final String RECORDING = """
            {"purpose": "RECORD", "key": "9f2c.mp4", "contentLength": 0, "contentType": "video/mp4",
             "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}""";
    private static final String UNKNOWN = "int_01JD9Z00000000000000000000";

    @Inject
    TestClock clock;

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final Gateway workflow = Gateway.workflow(tenant);
    private Customer first;
    private Customer second;

    @BeforeEach
    void customers() {
        first = Customer.healthy();
        second = Customer.healthy();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void itIsSetReadReplacedAndRemoved() {
        String primary = active("Plant 7", first);
        String secondary = active("Plant 8", second);
        assertThat(admin.get(PATH).status()).isEqualTo(404);

        Gateway.Answer set = firstTime(body(primary, null));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.header("ETag")).isEqualTo("\"1\"");
        assertThat(workflow.get(PATH).json()).isEqualTo(set.json());
        assertThat(set.json().path("primary").asText()).isEqualTo(primary);
        assertThat(set.json().path("secondary").isNull()).isTrue();

        Gateway.Answer replaced = replace(set, body(secondary, primary));
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(replaced.json().path("secondary").asText()).isEqualTo(primary);

        assertThat(admin.header("If-Match", "\"1\"").send("DELETE", PATH, null).status())
                .isEqualTo(412);
        assertThat(admin.send("DELETE", PATH, null).status()).isEqualTo(204);
        assertThat(admin.get(PATH).status()).isEqualTo(404);
        assertThat(admin.send("DELETE", PATH, null).status()).isEqualTo(404);
        assertThat(firstTime(body(primary, null)).header("ETag")).isEqualTo("\"4\"");
        assertThat(changes())
                .extracting(event -> event.path("cause").asText() + " "
                        + event.at("/to/integration").asText())
                .containsExactly("SET " + primary, "SET " + secondary, "REMOVED ", "SET " + primary);
    }

    @Test
    void whatIsSetAlreadyStaysAsItIs() {
        String primary = active("Plant 7", first);
        Gateway.Answer set = firstTime(body(primary, null));

        assertThat(replace(set, body(primary, null)).json()).isEqualTo(set.json());
        assertThat(changes()).hasSize(1);
    }

    @Test
    void aChangeThatCouldUndoAnotherIsRefused() {
        String primary = active("Plant 7", first);

        assertThat(problem(admin.send("PUT", PATH, body(primary, null)))).isEqualTo("428 precondition-required");
        assertThat(problem(admin.header("If-Match", "\"1\"").send("PUT", PATH, body(primary, null))))
                .isEqualTo("412 precondition-failed");
        assertThat(problem(admin.header("If-None-Match", "\"1\"").send("PUT", PATH, body(primary, null))))
                .isEqualTo("400 invalid-input");
        firstTime(body(primary, null));
        assertThat(problem(firstTime(body(primary, null)))).isEqualTo("412 precondition-failed");
        assertThat(problem(admin.header("If-Match", "\"2\"").send("PUT", PATH, body(primary, null))))
                .isEqualTo("412 precondition-failed");
    }

    @Test
    void eachMemberThatIsWrongIsNamed() {
        String primary = active("Plant 7", first);
        String inactive = created("Plant 8", second);

        assertThat(errors(firstTime(body(UNKNOWN, inactive))))
                .containsExactly("/primary NO_SUCH_INTEGRATION", "/secondary NOT_ACTIVE");
        assertThat(errors(firstTime(body(primary, primary)))).containsExactly("/secondary SAME_AS_PRIMARY");
        assertThat(errors(firstTime("{\"primary\": \"plant\", \"third\": 3}")))
                .containsExactly("/primary INTEGRATION_ID", "/third UNKNOWN_MEMBER");
        assertThat(errors(firstTime("{}"))).containsExactly("/primary REQUIRED");
    }

    @Test
    void anotherTenantsIntegrationIsAsOneThatNeverWas() {
        String primary = active("Plant 7", first);
        Gateway other = Gateway.admin(Gateway.freshTenant());

        assertThat(errors(other.header("If-None-Match", "*").send("PUT", PATH, body(primary, null))))
                .containsExactly("/primary NO_SUCH_INTEGRATION");
        firstTime(body(primary, null));
        assertThat(other.get(PATH).status()).isEqualTo(404);
        assertThat(other.send("DELETE", PATH, null).status()).isEqualTo(404);
        assertThat(other.get(PATH + "/readiness").json().path("ready").asBoolean())
                .isFalse();
        assertThat(admin.get(PATH).status()).isEqualTo(200);
    }

    @Test
    void onlyAnAdministratorOfTheSystemSetsIt() {
        String primary = active("Plant 7", first);
        for (Gateway caller : List.of(workflow, Gateway.reader(tenant))) {
            assertThat(problem(caller.header("If-None-Match", "*").send("PUT", PATH, body(primary, null))))
                    .isEqualTo("403 forbidden");
            assertThat(problem(caller.send("DELETE", PATH, null))).isEqualTo("403 forbidden");
            assertThat(caller.get(PATH + "/readiness").status()).isEqualTo(200);
        }
    }

    @Test
    void anIntegrationInUseIsNeitherDeactivatedNorDeleted() {
        String primary = active("Plant 7", first);
        String secondary = active("Plant 8", second);
        Gateway.Answer set = firstTime(body(primary, secondary));

        for (String id : List.of(primary, secondary)) {
            Gateway.Answer refused = admin.post("/v1/integrations/" + id + "/deactivate", null);
            assertThat(problem(refused)).isEqualTo("409 in-use");
            assertThat(refused.json().path("integration").asText()).isEqualTo(id);
            assertThat(problem(admin.send("DELETE", "/v1/integrations/" + id, null)))
                    .isEqualTo("409 in-use");
        }
        replace(set, body(primary, null));

        assertThat(admin.post("/v1/integrations/" + secondary + "/deactivate", null)
                        .status())
                .isEqualTo(200);
        assertThat(admin.send("DELETE", "/v1/integrations/" + secondary, null).status())
                .isEqualTo(204);
    }

    @Test
    void withoutADestinationNoRecordedSessionMayStart() {
        JsonNode readiness = readiness();

        assertThat(readiness.path("ready").asBoolean()).isFalse();
        assertThat(readiness.path("integration").isNull()).isTrue();
        assertThat(readiness.path("reason").asText()).isEqualTo("No destination of recordings is set.");
        assertThat(Instant.parse(readiness.path("validUntil").asText())).isAfter(clock.instant());
    }

    @Test
    void thePrimaryTakesTheRecordingsWhileItCan() {
        String primary = active("Plant 7", first);
        firstTime(body(primary, active("Plant 8", second)));

        JsonNode readiness = readiness();

        assertThat(readiness.path("ready").asBoolean()).isTrue();
        assertThat(readiness.path("integration").asText()).isEqualTo(primary);
        assertThat(readiness.path("role").asText()).isEqualTo("PRIMARY");
        assertThat(readiness.path("reason").isNull()).isTrue();
        assertThat(readiness.path("checkedAt").asText())
                .isEqualTo(admin.get("/v1/integrations/" + primary)
                        .json()
                        .at("/health/provedAt")
                        .asText());
        assertThat(Duration.between(
                        clock.instant(),
                        Instant.parse(readiness.path("validUntil").asText())))
                .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @Test
    void theSecondaryStandsInWhileThePrimaryCannotAndThePrimaryComesBack() throws IOException {
        String primary = active("Plant 7", first);
        String secondary = active("Plant 8", second);
        firstTime(body(primary, secondary));
        first.withoutPermissions();
        fail(primary);

        JsonNode failedOver = readiness();
        assertThat(failedOver.path("integration").asText()).isEqualTo(secondary);
        assertThat(failedOver.path("role").asText()).isEqualTo("SECONDARY");
        assertThat(failedOver.path("reason").asText()).contains(primary).contains("its last validations failed");
        assertThat(failedOver.at("/candidates/0/code").asText()).isEqualTo("UNHEALTHY");

        clock.advance(Duration.ofMinutes(20));
        first.withPermissions(Customer.PERMISSIONS);
        admin.post("/v1/integrations/" + primary + "/validations", null);

        assertThat(readiness().path("integration").asText()).isEqualTo(primary);
        assertThat(changes())
                .extracting(event -> event.path("cause").asText())
                .containsExactly("SET", "FAILOVER", "RETURN");
        assertThat(changes())
                .extracting(event -> event.path("sequence").asInt())
                .containsExactly(1, 2, 3);
    }

    /** The bucket's check fails then, and that for putting objects is not made. */
    @Test
    void theSecondaryStandsInWhereThePrimarysBucketIsGone() throws IOException {
        String primary = active("Plant 7", first);
        String secondary = active("Plant 8", second);
        firstTime(body(primary, secondary));
        first.withoutBucket();

        fail(primary);

        assertThat(readiness().path("integration").asText()).isEqualTo(secondary);
        assertThat(changes()).extracting(event -> event.path("cause").asText()).containsExactly("SET", "FAILOVER");
    }

    @Test
    void theChangeIsToldWithoutAnybodyAsking() {
        String primary = active("Plant 7", first);
        firstTime(body(primary, active("Plant 8", second)));
        first.withoutPermissions();

        fail(primary);

        assertThat(changes()).extracting(event -> event.path("cause").asText()).containsExactly("SET", "FAILOVER");
    }

    @Test
    void aGrantIsOfTheOneThatTakesTheRecordings() {
        String primary = active("Plant 7", first);
        String secondary = active("Plant 8", second);
        firstTime(body(primary, secondary));
        assertThat(grant(RECORDING).json().path("integration").asText()).isEqualTo(primary);
        new StoredData(tenant).makeUnhealthy(primary);

        Gateway.Answer granted = grant(RECORDING);

        assertThat(granted.status()).as(granted.text()).isEqualTo(201);
        assertThat(granted.header("Cache-Control")).isEqualTo("no-store");
        assertThat(granted.json().path("integration").asText()).isEqualTo(secondary);
        assertThat(granted.json().at("/request/url").asText()).contains(second.name("bucket"));
    }

    @Test
    void whereNoneIsReadyNothingIsGranted() {
        assertThat(problem(grant(RECORDING))).isEqualTo("503 no-destination");
        String primary = active("Plant 7", first);
        String secondary = active("Plant 8", second);
        firstTime(body(primary, secondary));
        clock.advance(Duration.ofHours(7));

        Gateway.Answer refused = grant(RECORDING);

        assertThat(problem(refused)).isEqualTo("503 no-destination");
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        assertThat(refused.json().path("candidates"))
                .extracting(candidate -> candidate.path("integration").asText() + " "
                        + candidate.path("code").asText())
                .containsExactly(primary + " STALE", secondary + " STALE");
        assertThat(refused.json().path("detail").asText()).contains(primary).contains(secondary);
        assertThat(errors(grant("{\"purpose\": \"RECORD\"}"))).contains("/key REQUIRED");
        assertThat(problem(admin.post(PATH + "/grants", RECORDING))).isEqualTo("403 forbidden");
    }

    private Gateway.Answer grant(String body) {
        return workflow.post(PATH + "/grants", body);
    }

    @Test
    void whenNeitherIsReadyBothReasonsAreTold() {
        String primary = active("Plant 7", first);
        String secondary = active("Plant 8", second);
        firstTime(body(primary, secondary));
        clock.advance(Duration.ofHours(7));

        JsonNode readiness = readiness();

        assertThat(readiness.path("ready").asBoolean()).isFalse();
        assertThat(readiness.path("reason").asText()).contains(primary).contains(secondary);
        assertThat(readiness.at("/candidates/1/code").asText()).isEqualTo("STALE");
    }

    @Test
    void readinessIsOneReadAndNoCallToACustomer() {
        firstTime(body(active("Plant 7", first), active("Plant 8", second)));
        readiness();
        long since = System.currentTimeMillis();

        readiness();

        assertThat(LocalAws.calls(since, Map.of("operation", "BatchGetItem"))).hasSize(1);
        assertThat(LocalAws.calls(since, Map.of("bucket", first.name("bucket"))))
                .isEmpty();
        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "500", "reset"})
    void whileTheTableDoesNotAnswerNobodyIsToldThatRecordingsAreSafe(String fault) {
        firstTime(body(active("Plant 7", first), null));
        try (Outage _ = Outage.of(fault, "DynamoDb", Set.of("BatchGetItem"), tenant)) {
            Gateway.Answer answer = workflow.get(PATH + "/readiness");

            assertThat(problem(answer)).isEqualTo("503 unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
    }

    /** Failures in a row, each as far apart as the schedule's. */
    private void fail(String id) {
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(61));
            admin.post("/v1/integrations/" + id + "/validations", null);
            // The other one is validated by the schedule meanwhile.
            admin.get(PATH).json().properties().stream()
                    .filter(member -> List.of("primary", "secondary").contains(member.getKey()))
                    .map(member -> member.getValue().asText())
                    .filter(other -> !other.equals(id) && other.startsWith("int_"))
                    .forEach(other -> admin.post("/v1/integrations/" + other + "/validations", null));
        }
    }

    private JsonNode readiness() {
        Gateway.Answer answer = workflow.get(PATH + "/readiness");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<JsonNode> changes() {
        return LocalAws.events(Map.of("tenant", tenant, "destination", "recordings"));
    }

    private Gateway.Answer firstTime(String body) {
        return admin.header("If-None-Match", "*").send("PUT", PATH, body);
    }

    private Gateway.Answer replace(Gateway.Answer former, String body) {
        return admin.header("If-Match", former.header("ETag")).send("PUT", PATH, body);
    }

    private static String body(String primary, @Nullable String secondary) {
        return secondary == null
                ? "{\"primary\": \"%s\"}".formatted(primary)
                : "{\"primary\": \"%s\", \"secondary\": \"%s\"}".formatted(primary, secondary);
    }

    private String active(String name, Customer customer) {
        String id = created(name, customer);
        assertThat(admin.post("/v1/integrations/" + id + "/activate", null).status())
                .isEqualTo(200);
        return id;
    }

    private String created(String name, Customer customer) {
        return admin.post("/v1/integrations?validate=false", customer.fill("""
                {"type": "S3", "name": "%s", "target": {"region": "us-east-1", "bucket": "${bucket}"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""".formatted(name)))
                .json()
                .path("id")
                .asText();
    }

    private static String problem(Gateway.Answer answer) {
        return answer.status() + " " + answer.json().path("type").asText().replace("urn:sea:problem:", "");
    }
}
