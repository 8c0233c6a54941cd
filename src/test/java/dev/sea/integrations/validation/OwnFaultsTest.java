package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.LogLines;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;

/** What fails on SEA's side is told as that, and never as a customer's mistake. Each test has a gateway role of its own. */
class OwnFaultsTest {
    private static final String FUNCTION = "arn:aws:iam::111122223333:role/sea-function";
    private static final String MAY_ASSUME = policy("Allow", "arn:aws:iam::*:role/SEA_ext_access_*");

    private final IamClient iam = Account.SERVICE.iam();
    private final Customer customer = new Customer();
    private final String name = "sea-gateway-" + customer.name("run");
    private final String gateway = "arn:aws:iam::111122223333:role/" + name;
    private final TestValidator validator = TestValidator.with(
            InstantSource.system(), Map.of("sea.gateway-role-arn", gateway, "sea.validation.propagation-window", "0s"));

    @BeforeEach
    void isWell() {
        makeGatewayRole();
        customer.names().put("gateway", gateway);
        customer.withBucket().withRole(Customer.TRUST, Customer.PERMISSIONS);
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, validator.validate(draft(customer)));
    }

    @Test
    void theGatewayRoleIsGoneAndItsSessionWithIt() {
        deleteGatewayRole();

        assertOurs(validator.validate(draft(customer)));
    }

    @Test
    void theGatewayRoleIsGoneBeforeThereIsASession() {
        deleteGatewayRole();

        assertOurs(fresh().validate(draft(customer)));
    }

    @Test
    void theGatewayRoleDoesNotTrustTheFunctionAnyMore() {
        iam.updateAssumeRolePolicy(request -> request.roleName(name).policyDocument(trusting(Account.OTHER.id())));

        assertOurs(fresh().validate(draft(customer)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Allow arn:aws:iam::*:role/Another_*", "Deny *"})
    void theGatewayRolesPolicyIsNarrowed(String narrowed) {
        narrowGatewayRole(narrowed);

        assertOurs(validator.validate(draft(customer)));
    }

    @Test
    void theGatewayRoleHasABoundary() {
        String boundary = iam.createPolicy(request ->
                        request.policyName(name).policyDocument(policy("Allow", "arn:aws:iam::*:role/Another_*")))
                .policy()
                .arn();
        iam.putRolePermissionsBoundary(request -> request.roleName(name).permissionsBoundary(boundary));

        assertOurs(validator.validate(draft(customer)));
    }

    @Test
    void aGatewaySessionThatEndedEarlyIsRenewedAndNobodyNoticesIt() {
        LocalAws.expireSessions(gateway);
        long since = System.currentTimeMillis();

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, validator.validate(draft(customer)));

        assertThat(LocalAws.calls(since, Map.of("roleArn", gateway)))
                .as("new sessions of the gateway role")
                .hasSize(1);
    }

    @Test
    void aGatewayRoleThatWasMadeAnewIsAssumedAnew() {
        deleteGatewayRole();
        makeGatewayRole();
        customer.withTrust(Customer.TRUST);

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, validator.validate(draft(customer)));
    }

    @Test
    void aSessionThatStsRefusesIsAskedForAnewOnceOnly() {
        long since = System.currentTimeMillis();
        Map<String, String> asIntegration =
                Map.of("roleArn", customer.name("roleArn"), "externalId", customer.name("externalId"));
        try (var _ = LocalAws.error(403, "ExpiredToken", "sts", "AssumeRole", asIntegration, 50)) {
            assertOurs(validator.validate(draft(customer)));
        }

        assertThat(LocalAws.calls(since, asIntegration)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidClientTokenId", "SignatureDoesNotMatch", "MalformedPolicyDocument"})
    void stsTakesNotWhatIsOursInTheCall(String code) {
        Map<String, String> match = Map.of("roleArn", customer.name("roleArn"));
        try (var _ = LocalAws.error(403, code, "sts", "AssumeRole", match, 50)) {
            assertOurs(validator.validate(draft(customer)));
        }
    }

    @Test
    void whatFailsForOneTryOnlyIsNoPass() {
        Map<String, String> match = Map.of("roleArn", customer.name("roleArn"), "externalId", "");
        try (var _ = LocalAws.error(403, "ExpiredToken", "sts", "AssumeRole", match, 50)) {
            Outcomes.unguarded("UNKNOWN SERVICE_FAULT").areThoseOf(Status.UNKNOWN, validator.validate(draft(customer)));
        }
    }

    @Test
    void stsThrottlesTheGatewaysOwnSession() {
        try (var _ = LocalAws.fault("throttle", "sts", "AssumeRole", Map.of("roleArn", gateway), 50)) {
            ValidationReport throttled = fresh().validate(draft(customer));
            Outcomes.withoutCredentials("UNKNOWN THROTTLED").areThoseOf(Status.UNKNOWN, throttled);
            assertThat(throttled.hasOwnFault()).isFalse();
        }
    }

    @Test
    void theDeploymentsPrefixIsAnotherThanWhenTheRoleWasStored() {
        TestValidator renamed = TestValidator.with(
                InstantSource.system(),
                Map.of("sea.gateway-role-arn", gateway, "sea.role-name-prefix", "SEA_prod_access_"));
        long before = System.currentTimeMillis();

        ValidationReport report = renamed.validate(draft(customer));

        assertOurs(report);
        assertThat(Outcomes.check(report, CheckId.CREDENTIALS).outcome().toString())
                .contains("prefix");
        assertThat(LocalAws.calls(before, Map.of("roleArn", customer.name("roleArn"))))
                .isEmpty();
    }

    @Test
    void theOperatorReadsOfItInTheLog() {
        narrowGatewayRole("Allow arn:aws:iam::*:role/Another_*");

        LogLines log = LogLines.of(Validator.class.getName());
        try {
            validator.validate(draft(customer));
        } finally {
            log.close();
        }

        assertThat(log.lines()).singleElement().asString().contains("SERVICE_FAULT", "credentials", "AccessDenied");
    }

    /** Nothing failed, nothing was learned, and no word tells the customer to mend something. */
    private static void assertOurs(ValidationReport report) {
        Outcomes.withoutCredentials("UNKNOWN SERVICE_FAULT").areThoseOf(Status.UNKNOWN, report);
        assertThat(report.hasOwnFault()).as("counted for the alarm").isTrue();
        assertThat(report.checks())
                .extracting(Check::outcome)
                .asString()
                .doesNotContain("trust policy", "does not let", "may be inactive", "Check that");
    }

    private TestValidator fresh() {
        return TestValidator.with(InstantSource.system(), Map.of("sea.gateway-role-arn", gateway));
    }

    private void makeGatewayRole() {
        iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument(trusting(FUNCTION)));
        iam.putRolePolicy(request -> request.roleName(name).policyName("assume").policyDocument(MAY_ASSUME));
    }

    private void narrowGatewayRole(String narrowed) {
        String[] statement = narrowed.split(" ", 2);
        iam.putRolePolicy(request ->
                request.roleName(name).policyName("assume").policyDocument(policy(statement[0], statement[1])));
    }

    private void deleteGatewayRole() {
        iam.deleteRolePolicy(request -> request.roleName(name).policyName("assume"));
        iam.deleteRole(request -> request.roleName(name));
    }

    private static String trusting(String principal) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
                 "Action": "sts:AssumeRole"}]}""".formatted(principal);
    }

    private static String policy(String effect, String roles) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Action": "sts:AssumeRole",
                 "Resource": "%s"}]}""".formatted(effect, roles);
    }
}
