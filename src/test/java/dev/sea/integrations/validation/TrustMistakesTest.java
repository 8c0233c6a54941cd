package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.failure;
import static dev.sea.integrations.validation.Outcomes.statement;
import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with the role and whom it trusts. */
class TrustMistakesTest {
    private static final String TRUST_WHEN = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "${gateway}"},
             "Action": "sts:AssumeRole", "Condition": %s}]}""";

    @Test
    void aRoleThatDoesNotExist() {
        assertTrustDenied(new Customer().withBucket());
    }

    @Test
    void aTrustPolicyThatNamesSomebodyElse() {
        assertTrustDenied(Customer.healthy()
                .withTrust(Customer.TRUST.replace(
                        "${gateway}", "arn:aws:iam::${other}:role/OrganizationAccountAccessRole")));
    }

    @Test
    void anotherExternalId() {
        assertTrustDenied(
                Customer.healthy().withTrust(Customer.TRUST.replace("${externalId}", "sea-of-an-earlier-try")));
    }

    @Test
    void aConditionThatSeaCannotMeet() {
        assertTrustDenied(Customer.healthy().withTrust(TRUST_WHEN.formatted("""
                {"StringEquals": {"sts:ExternalId": "${externalId}"}, "Bool": {"aws:MultiFactorAuthPresent": "true"}}""")));
    }

    private static void assertTrustDenied(Customer customer) {
        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.withoutCredentials("FAILED TRUST_POLICY_DENIED").areThoseOf(Status.PROPAGATING, report);
        Check check = Outcomes.check(report, CheckId.CREDENTIALS);
        assertThat(check.action()).isEqualTo("sts:AssumeRole");
        assertThat(check.resource()).isEqualTo(customer.name("roleArn"));
        assertThat(failure(report, CheckId.CREDENTIALS).message()).contains(customer.name("roleArn"));
        assertThat(failure(report, CheckId.CREDENTIALS).remedy().text()).contains("trust policy", "sts:ExternalId");
        assertTrustStatement(customer, report, CheckId.CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"StringLike\": {\"sts:ExternalId\": \"*\"}}",
                "{\"StringLike\": {\"sts:ExternalId\": \"sea-*\"}}",
                "{\"StringLike\": {\"sts:ExternalId\": \"sea-????????????????????????????????\"}}",
                "{\"StringEqualsIfExists\": {\"sts:ExternalId\": \"${externalId}\"}}",
                "{\"ForAllValues:StringEquals\": {\"sts:ExternalId\": \"${externalId}\"}}",
                "{\"Null\": {\"sts:ExternalId\": \"false\"}}",
                "{\"StringNotEquals\": {\"sts:ExternalId\": \"sea-test\"}}"
            })
    void anExternalIdThatIsNotDemanded(String condition) {
        Customer customer = Customer.healthy().withTrust(TRUST_WHEN.formatted(condition));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.unguarded("FAILED EXTERNAL_ID_NOT_ENFORCED").areThoseOf(Status.UNHEALTHY, report);
        assertThat(Outcomes.check(report, CheckId.EXTERNAL_ID_ENFORCED).action())
                .isEqualTo("sts:AssumeRole");
        assertThat(failure(report, CheckId.EXTERNAL_ID_ENFORCED).message()).contains("sts:ExternalId");
        assertTrustStatement(customer, report, CheckId.EXTERNAL_ID_ENFORCED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"StringEquals\": {\"sts:ExternalId\": [\"sea-another\", \"${externalId}\"]}}",
                "{\"StringLike\": {\"sts:ExternalId\": \"${externalId}\"}}",
                "{\"ForAnyValue:StringEquals\": {\"sts:ExternalId\": \"${externalId}\"}}"
            })
    void anExternalIdThatIsDemandedInOtherWordsIsNoMistake(String condition) {
        Customer customer = Customer.healthy().withTrust(TRUST_WHEN.formatted(condition));

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(draft(customer)));
    }

    @Test
    void aRoleOfTheServicesOwnAccountIsRefusedBeforeAnyCall() {
        Customer customer = new Customer();
        String own = "arn:aws:iam::" + Account.SERVICE.id() + ":role/SEA_ext_access_x" + customer.name("run");
        Subject subject = draft(
                customer,
                TestValidator.target(customer, ""),
                new PresentedAccess.Role(new RoleArn(own), new ExternalId("sea-test")));

        ValidationReport report = TestValidator.USUAL.validate(subject);

        Outcomes.withoutCredentials("FAILED OWN_ACCOUNT").areThoseOf(Status.UNHEALTHY, report);
        assertThat(LocalAws.calls(0, Map.of("roleArn", own))).isEmpty();
    }

    private static void assertTrustStatement(Customer customer, ValidationReport report, CheckId id) {
        assertThat(statement(report, id).principal()).containsEntry("AWS", Customer.GATEWAY_ROLE);
        assertThat(statement(report, id).action()).containsExactly("sts:AssumeRole");
        assertThat(statement(report, id).condition())
                .isEqualTo(Map.of("StringEquals", Map.of("sts:ExternalId", List.of(customer.name("externalId")))));
    }
}
