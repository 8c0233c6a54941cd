package dev.sea.integrations.security;

import static dev.sea.integrations.testing.FunctionRights.OfRole.API;
import static dev.sea.integrations.testing.FunctionRights.OfRole.GATEWAY;
import static dev.sea.integrations.testing.FunctionRights.OfRole.SWEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FunctionRights;
import dev.sea.integrations.testing.FunctionRights.Grant;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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

    @Inject
    TestClock clock;

    @Inject
    SeaConfig config;

    @Inject
    AwsConfig aws;

    @Inject
    RegionalClients clients;

    private final Administrator administrator = new Administrator();

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
        SweepDuties duties = new SweepDuties(clock);
        long start = System.currentTimeMillis();
        try (var _ = FunctionRights.only(SWEEP)) {
            sweep(duties);
        }
        duties.assertThatAllIsDone();
        assertThat(denials(start)).isEmpty();
    }

    static List<Grant> ofTheSweep() {
        return used(SWEEP);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheSweep")
    void aSweepNeeds(Grant grant) {
        SweepDuties duties = new SweepDuties(clock);
        long start = System.currentTimeMillis();
        assertThatThrownBy(() -> {
                    try (var _ = FunctionRights.without(SWEEP, grant)) {
                        sweep(duties);
                    }
                    duties.assertThatAllIsDone();
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
                .map(customer -> administrator
                        .gateway()
                        .post("/v1/validations", Administrator.role(customer, "x"))
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

    private void useTheApi(Customer customer) {
        assumeTheGatewayRoleAnew();
        administrator.useTheApi(customer);
    }

    private void sweep(SweepDuties duties) {
        assumeTheGatewayRoleAnew();
        duties.sweep();
    }

    /** The application keeps its session for an hour. */
    private void assumeTheGatewayRoleAnew() {
        new ServiceIdentity(aws, config, clients).gatewaySession().resolveCredentials();
    }

    /** Calls that the function itself was refused. */
    private static List<LocalAws.Call> denials(long sinceMillis) {
        return LocalAws.calls(sinceMillis, Map.of("accessKeyId", FUNCTION)).stream()
                .filter(call -> call.facts().path("error").asText().startsWith("AccessDenied"))
                .toList();
    }
}
