package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.check;
import static dev.sea.integrations.validation.Outcomes.failure;
import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.draftWithKeys;
import static dev.sea.integrations.validation.TestValidator.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be wrong with stored access keys. */
class AccessKeyMistakesTest {
    @Test
    void aKeyOfAUserThatMayDoJustWhatIsNeededIsHealthy() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);

        Outcomes.ofKeys().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(draftWithKeys(customer)));
    }

    @Test
    void aKeyThatMayDoMoreIsWorthAWarning() {
        Customer customer = new Customer().withBucket().withUser("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}""");

        ValidationReport report = TestValidator.USUAL.validate(draftWithKeys(customer));

        Outcomes.ofKeys()
                .but(CheckId.LEAST_PRIVILEGE, "WARNING MORE_THAN_NEEDED")
                .areThoseOf(Status.HEALTHY, report);
        assertThat(check(report, CheckId.LEAST_PRIVILEGE).required()).isFalse();
    }

    @Test
    void aPermissionThatLacksIsAskedOfTheUser() {
        Customer customer = new Customer()
                .withBucket()
                .withUser(Customer.PERMISSIONS.replace("\"s3:PutObject\"", "\"s3:PutObjectTagging\""));

        ValidationReport report = TestValidator.USUAL.validate(draftWithKeys(customer));

        Outcomes.ofKeys()
                .failing(CheckId.PUT, FailureCode.IDENTITY_POLICY_MISSING)
                .areThoseOf(Status.PROPAGATING, report);
        assertThat(failure(report, CheckId.PUT).remedy().text()).contains("user " + customer.name("userName"));
    }

    @Test
    void anUnknownKey() {
        Customer customer = new Customer().withBucket();

        assertNotKnown(keys(customer, "AKIA" + "UNKNOWNKEY000000", "s3cr3t"));
    }

    @Test
    void aKeyThatWasSwitchedOff() {
        Customer customer =
                new Customer().withBucket().withUser(Customer.PERMISSIONS).withKeyStatus("Inactive");

        assertNotKnown(draftWithKeys(customer));
    }

    @Test
    void anotherSecret() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);

        ValidationReport report = assertNotAccepted(
                keys(customer, customer.name("accessKeyId"), "another-secret"), FailureCode.SIGNATURE_MISMATCH);
        assertThat(report.toString()).doesNotContain("another-secret").doesNotContain(customer.name("secretAccessKey"));
    }

    @Test
    void aKeyOfTheServicesOwnAccountIsNotUsed() {
        Customer customer = new Customer();
        long before = System.currentTimeMillis();

        assertNotAccepted(keys(customer, "AKIALOCALADMIN000000", "local-admin-secret"), FailureCode.OWN_ACCOUNT);

        assertThat(LocalAws.calls(before, Map.of("bucket", customer.name("bucket"))))
                .isEmpty();
    }

    /** AWS gives a key that it does not know yet the same answer. */
    private static void assertNotKnown(Subject subject) {
        ValidationReport fresh = TestValidator.USUAL.validate(subject);
        Outcomes.withoutCredentials("FAILED INVALID_ACCESS_KEY").areThoseOf(Status.PROPAGATING, fresh);
        assertThat(failure(fresh, CheckId.CREDENTIALS).remedy().text())
                .contains("just made", "inactive", "deleted", "partition");

        ValidationReport known = assertNotAccepted(TestValidator.provedBefore(subject), FailureCode.INVALID_ACCESS_KEY);
        assertThat(failure(known, CheckId.CREDENTIALS).remedy().text())
                .contains("inactive", "deleted", "partition")
                .doesNotContain("just made");
    }

    private static ValidationReport assertNotAccepted(Subject subject, FailureCode code) {
        ValidationReport report = TestValidator.USUAL.validate(subject);
        Outcomes.withoutCredentials("FAILED " + code).areThoseOf(Status.UNHEALTHY, report);
        assertThat(check(report, CheckId.CREDENTIALS).action()).isEqualTo("sts:GetCallerIdentity");
        return report;
    }

    private static Subject keys(Customer customer, String id, String secret) {
        return draft(
                customer,
                target(customer, ""),
                new PresentedAccess.Keys(new AccessKeyId(id), new SecretAccessKey(secret)));
    }
}
