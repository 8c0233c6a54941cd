package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import org.junit.jupiter.api.Test;

/** What the schedule does most of the time: nothing that a customer would find in a versioned bucket or pay STS quota for. */
class LightValidationTest {
    private static final String GUARDED_TRUST = Customer.TRUST.replace("StringEquals", "StringEqualsIfExists");

    @Test
    void writesNothingWhereTheObjectIsThere() {
        Customer customer = Customer.healthy();
        Account.CUSTOMER
                .s3("us-east-1")
                .putBucketVersioning(
                        r -> r.bucket(customer.name("bucket")).versioningConfiguration(v -> v.status("Enabled")));
        TestValidator.USUAL.validate(draft(customer));

        ValidationReport report = TestValidator.USUAL.validateLightly(draft(customer));

        Outcomes.ofRole().lightly().areThoseOf(Status.HEALTHY, report);
        assertThat(Account.CUSTOMER
                        .s3("us-east-1")
                        .listObjectVersions(r -> r.bucket(customer.name("bucket")))
                        .versions())
                .hasSize(1);
    }

    @Test
    void writesTheObjectWhereItIsMissing() {
        Outcomes.ofRole()
                .lightly()
                .areThoseOf(Status.HEALTHY, TestValidator.USUAL.validateLightly(draft(Customer.healthy())));
    }

    @Test
    void takesTheKeyFromWhatItReads() {
        Customer customer = new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .lightly()
                .but(CheckId.KMS, "PASSED")
                .areThoseOf(Status.HEALTHY, TestValidator.USUAL.validateLightly(draft(customer)));
    }

    @Test
    void doesNotAskWhetherTheExternalIdIsDemanded() {
        Outcomes.ofRole()
                .lightly()
                .areThoseOf(
                        Status.HEALTHY,
                        TestValidator.USUAL.validateLightly(
                                draft(Customer.healthy().withTrust(GUARDED_TRUST))));
    }
}
