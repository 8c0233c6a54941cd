package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.failure;
import static dev.sea.integrations.validation.Outcomes.statement;
import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.ownedBy;
import static dev.sea.integrations.validation.TestValidator.pinnedTo;
import static dev.sea.integrations.validation.TestValidator.under;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with the bucket as a whole. */
class BucketMistakesTest {
    private static final String LET_THE_ROLE_IN = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "${roleArn}"},
             "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
             "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}]}""";

    @Test
    void aBucketInAnotherRegion() {
        Customer customer =
                new Customer().in("eu-central-1").withBucket().withRole(Customer.TRUST, Customer.PERMISSIONS);

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        assertOnlyTheBucketFails(report, FailureCode.WRONG_REGION);
        assertThat(failure(report, CheckId.BUCKET).message()).contains("eu-central-1", "us-east-1");
        assertThat(failure(report, CheckId.BUCKET).remedy().text()).contains("eu-central-1");
    }

    @Test
    void aBucketThatDoesNotExist() {
        ValidationReport report =
                TestValidator.USUAL.validate(draft(new Customer().withRole(Customer.TRUST, Customer.PERMISSIONS)));

        assertOnlyTheBucketFails(report, FailureCode.NO_SUCH_BUCKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expected", "pinned"})
    void aBucketThatBelongsToAnother(String how) {
        Customer customer = Customer.healthy();
        String other = Account.OTHER.id();
        Subject subject = how.equals("pinned") ? pinnedTo(other, draft(customer)) : ownedBy(other, draft(customer));

        ValidationReport report = TestValidator.USUAL.validate(subject);

        assertOnlyTheBucketFails(report, FailureCode.WRONG_OWNER);
        assertThat(failure(report, CheckId.BUCKET).message()).contains(other);
    }

    @Test
    void anotherOwnerIsToldFromADenialUnderAGrantOnOnePrefixToo() {
        Customer customer = Customer.healthy().withPermissions("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
                 "Resource": "arn:aws:s3:::${bucket}/plant-7/*"}, {"Effect": "Allow", "Action": "s3:ListBucket",
                 "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "plant-7/*"}}}]}""");

        ValidationReport report =
                TestValidator.USUAL.validate(under("plant-7/", ownedBy(Account.OTHER.id(), draft(customer))));

        assertOnlyTheBucketFails(report, FailureCode.WRONG_OWNER);
    }

    @Test
    void aRefusedRoleIsNoWrongOwner() {
        Customer customer = Customer.healthy().withoutPermissions();

        ValidationReport report = TestValidator.USUAL.validate(ownedBy(Account.CUSTOMER.id(), draft(customer)));

        Outcomes.ofRole().withoutPermissions().areThoseOf(Status.PROPAGATING, report);
    }

    @Test
    void theOwnerThatS3AcceptsIsPinned() {
        assertThat(TestValidator.USUAL.prove(draft(Customer.healthy())).owner())
                .contains(new AccountId(Account.CUSTOMER.id()));
    }

    @Test
    void aBucketInAnotherAccountOfTheCustomersIsHealthyAndStaysUnpinned() {
        Customer customer = new Customer()
                .ownedBy(Account.OTHER)
                .withBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS)
                .withBucketPolicy(LET_THE_ROLE_IN);

        Proof proof = TestValidator.USUAL.prove(draft(customer));

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, proof.report());
        assertThat(proof.owner()).isEmpty();
    }

    @Test
    void aBucketInAnotherAccountIsPinnedWhereThatIsExpected() {
        Customer customer = new Customer()
                .ownedBy(Account.OTHER)
                .withBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS)
                .withBucketPolicy(LET_THE_ROLE_IN);

        Proof proof = TestValidator.USUAL.prove(ownedBy(Account.OTHER.id(), draft(customer)));

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, proof.report());
        assertThat(proof.owner()).contains(new AccountId(Account.OTHER.id()));
    }

    @Test
    void aBucketInAnotherAccountThatDoesNotLetTheRoleIn() {
        Customer customer =
                new Customer().ownedBy(Account.OTHER).withBucket().withRole(Customer.TRUST, Customer.PERMISSIONS);

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .but(CheckId.BUCKET, "SKIPPED")
                .failing(CheckId.LIST, FailureCode.ACCESS_DENIED)
                .failing(CheckId.PUT, FailureCode.ACCESS_DENIED)
                .but(CheckId.GET, "SKIPPED")
                .but(CheckId.TAGGING, "SKIPPED")
                .areThoseOf(Status.PROPAGATING, report);
        assertThat(failure(report, CheckId.PUT).message()).contains("s3:PutObject", "/.sea-validation");
        assertThat(failure(report, CheckId.PUT).remedy().text())
                .containsSubsequence("bucket policy", "permissions policy", "boundary", "service control");
        assertThat(statement(report, CheckId.PUT).principal()).containsEntry("AWS", customer.name("roleArn"));
    }

    /** The rest is what follows from it, and says so. */
    private static void assertOnlyTheBucketFails(ValidationReport report, FailureCode code) {
        Outcomes.ofRole()
                .failing(CheckId.BUCKET, code)
                .but(CheckId.LIST, "SKIPPED")
                .but(CheckId.PUT, "SKIPPED")
                .but(CheckId.GET, "SKIPPED")
                .but(CheckId.TAGGING, "SKIPPED")
                .areThoseOf(Status.UNHEALTHY, report);
    }
}
