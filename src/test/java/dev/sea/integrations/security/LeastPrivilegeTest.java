package dev.sea.integrations.security;

import static dev.sea.integrations.testing.FunctionRights.OfRole.API;
import static dev.sea.integrations.testing.FunctionRights.OfRole.GATEWAY;
import static dev.sea.integrations.testing.FunctionRights.OfRole.SWEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.RegionalClients;
import dev.sea.integrations.aws.ServiceIdentity;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FunctionRights;
import dev.sea.integrations.testing.FunctionRights.Grant;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The roles of {@code template.yaml} are enough for all that the functions do, and nothing in them is there for nothing:
 * without any one action, resource or condition's value something of it breaks.
 */
@QuarkusTest
class LeastPrivilegeTest {
    /** Used by Lambda in the function's name; no call of the service's own. */
    private static final Set<String> LAMBDAS_OWN = Set.of(
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments",
            "sqs:SendMessage");

    /** In one account, the gateway role's trust policy, which names the functions' roles, is enough by itself. */
    private static final String UNNEEDED = "sts:AssumeRole";

    private static final String FUNCTION = "AKIALOCALGATEWAY0000";
    private static final String ALL = "/v1/integrations";
    private static final String KEYS = """
            {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}""";

    @Inject
    TestClock clock;

    @Inject
    SeaConfig config;

    @Inject
    RegionalClients clients;

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    @BeforeEach
    void nothingElseIsDue() {
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void whatTheServiceDoesNotUseItselfIsWhatLambdaNeeds() {
        Set<String> used = new TreeSet<>();
        Stream.of(API, SWEEP)
                .flatMap(role -> FunctionRights.grants(role).stream())
                .map(Grant::value)
                .forEach(used::add);

        assertThat(used).containsAll(LAMBDAS_OWN);
    }

    @Test
    void theApisRoleIsEnoughForTheApi() {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        long start = System.currentTimeMillis();
        try (var _ = FunctionRights.only(API)) {
            useTheApi(customer);
        }
        assertThat(denials(start)).isEmpty();
    }

    /**
     * The one grant that nothing needs. It stays, so that each role says what it does.
     *
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
     */
    @Test
    void theGatewayRolesTrustAloneLetsTheFunctionIn() {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        Grant unneeded = FunctionRights.grants(API).stream()
                .filter(grant -> grant.value().equals(UNNEEDED))
                .findAny()
                .orElseThrow();
        try (var _ = FunctionRights.without(API, unneeded)) {
            useTheApi(customer);
        }
    }

    static List<Grant> ofTheApi() {
        return used(API);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheApi")
    void theApiNeeds(Grant grant) {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        long start = System.currentTimeMillis();
        try (var _ = FunctionRights.without(API, grant)) {
            assertThatThrownBy(() -> useTheApi(customer)).isNotNull();
        }
        assertThat(denials(start)).isNotEmpty();
    }

    @Test
    void theSweepsRoleIsEnoughForASweep() {
        Setting setting = new Setting();
        long start = System.currentTimeMillis();
        try (var _ = FunctionRights.only(SWEEP)) {
            setting.sweep();
        }
        setting.assertThatAllIsDone();
        assertThat(denials(start)).isEmpty();
    }

    static List<Grant> ofTheSweep() {
        return used(SWEEP);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheSweep")
    void aSweepNeeds(Grant grant) {
        Setting setting = new Setting();
        long start = System.currentTimeMillis();
        assertThatThrownBy(() -> {
                    try (var _ = FunctionRights.without(SWEEP, grant)) {
                        setting.sweep();
                    }
                    setting.assertThatAllIsDone();
                })
                .isNotNull();
        assertThat(denials(start)).isNotEmpty();
    }

    static List<Grant> ofTheGatewayRole() {
        return FunctionRights.grants(GATEWAY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheGatewayRole")
    void theGatewayRoleNeeds(Grant grant) {
        Customer plain = Customer.healthy();
        Customer inPath = new Customer();
        inPath.role("/sea/", inPath.name("roleName")).withBucket().withRole(Customer.TRUST, Customer.PERMISSIONS);
        assertThat(statuses(plain, inPath)).containsOnly("HEALTHY");
        try (var _ = FunctionRights.without(GATEWAY, grant)) {
            assertThat(statuses(plain, inPath)).hasSize(2);
        }
    }

    private Set<String> statuses(Customer... customers) {
        return Arrays.stream(customers)
                .map(customer -> admin.post("/v1/validations", role(customer, "x"))
                        .json()
                        .path("status")
                        .asText())
                .collect(Collectors.toSet());
    }

    private static List<Grant> used(FunctionRights.OfRole role) {
        return FunctionRights.grants(role).stream()
                .filter(grant ->
                        !LAMBDAS_OWN.contains(grant.value()) && !grant.value().equals(UNNEEDED))
                .toList();
    }

    /** Everything that the API can do, each with what shows that it was done. */
    private void useTheApi(Customer customer) {
        assumeTheGatewayRoleAnew();
        String externalId = done(201, admin.post("/v1/external-ids", null))
                .path("externalId")
                .asText();
        assertThat(stored.claim(externalId)).isNotEmpty();
        done(200, admin.get("/v1/settings"));
        JsonNode draft = done(200, admin.post("/v1/validations", role(customer, "draft")));
        assertThat(draft.path("status").asText()).isEqualTo("HEALTHY");
        JsonNode byRole = done(201, admin.post(ALL, role(customer, "by role")));
        JsonNode byKeys = done(201, admin.header("Idempotency-Key", "1").post(ALL, keys(customer, "by keys")));
        for (JsonNode made : List.of(byRole, byKeys)) {
            String path = ALL + "/" + made.path("id").asText();
            assertThat(made.path("validation").path("status").asText()).isEqualTo("HEALTHY");
            assertThat(LocalAws.healthEvents(made.path("id").asText())).isNotEmpty();
            JsonNode again = done(200, admin.post(path + "/validations", null));
            assertThat(again.path("status").asText()).isEqualTo("HEALTHY");
            assertThat(done(200, admin.get(path + "/validations")).path("items"))
                    .hasSize(2);
            done(200, admin.post(path + "/activate", null));
            done(200, admin.post(path + "/deactivate", null));
        }
        assertThat(done(200, admin.get(ALL)).path("items")).hasSize(2);
        String path = ALL + "/" + byKeys.path("id").asText();
        String etag = admin.get(path).header("ETag");
        String access = customer.fill("{\"access\": " + KEYS + "}");
        done(200, admin.header("If-Match", etag).send("PATCH", path, access));
        done(204, admin.send("DELETE", path, null));
        assertThat(stored.markers()).isEmpty();
        assertThat(stored.recoverableSecrets()).hasSize(2);
    }

    private void assumeTheGatewayRoleAnew() {
        new ServiceIdentity(config, clients).gatewaySession().resolveCredentials();
    }

    /** One of everything that a sweep has to do. */
    private final class Setting {
        private final Monitored failing = Monitored.active(Customer.healthy());
        private final String byKeys;
        private final String externalId;

        Setting() {
            Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
            byKeys = ALL + "/"
                    + done(201, admin.post(ALL, keys(customer, "by keys")))
                            .path("id")
                            .asText();
            done(200, admin.post(byKeys + "/activate", null));
            externalId = done(201, admin.post("/v1/external-ids", null))
                    .path("externalId")
                    .asText();
            leaveASecretBehind(customer);
            failing.customer().withoutPermissions();
            clock.advance(Duration.ofHours(49));
        }

        private void leaveASecretBehind(Customer customer) {
            String path =
                    admin.post(ALL + "?validate=false", keys(customer, "gone")).header("Location");
            try (var _ = LocalAws.faultOnBody("500", "secretsmanager", "DeleteSecret", tenant, 1_000)) {
                done(204, admin.send("DELETE", path, null));
            }
            assertThat(stored.markers()).hasSize(1);
        }

        void sweep() {
            assumeTheGatewayRoleAnew();
            assertThat(Scheduler.tick().path("failed").asInt()).isZero();
        }

        void assertThatAllIsDone() {
            assertThat(failing.status()).isEqualTo("DEGRADED");
            assertThat(failing.events().getLast().path("to").asText()).isEqualTo("DEGRADED");
            assertThat(done(200, admin.get(byKeys))
                            .path("health")
                            .path("status")
                            .asText())
                    .isEqualTo("HEALTHY");
            assertThat(done(200, admin.get(byKeys + "/validations")).path("items"))
                    .hasSize(2);
            assertThat(stored.markers()).isEmpty();
            assertThat(stored.recoverableSecrets()).hasSize(1);
            assertThat(stored.claim(externalId)).isEmpty();
        }
    }

    /** Calls that the function itself was refused. */
    private static List<LocalAws.Call> denials(long sinceMillis) {
        return LocalAws.calls(sinceMillis, Map.of("accessKeyId", FUNCTION)).stream()
                .filter(call -> call.facts().path("error").asText().startsWith("AccessDenied"))
                .toList();
    }

    private static JsonNode done(int status, Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return status == 204 ? MissingNode.getInstance() : answer.json();
    }

    private static String role(Customer customer, String name) {
        return body(customer, name, """
                {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}""");
    }

    private static String keys(Customer customer, String name) {
        return body(customer, name, KEYS);
    }

    private static String body(Customer customer, String name, String access) {
        return customer.fill("""
                {"type": "S3", "name": "%s", "target": {"region": "us-east-1", "bucket": "${bucket}"}, "access": %s}""".formatted(name, access));
    }
}
