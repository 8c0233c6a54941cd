package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.check;
import static dev.sea.integrations.validation.Outcomes.failure;
import static dev.sea.integrations.validation.Outcomes.statement;
import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.under;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Customer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be wrong with the policies on the bucket and its objects. */
class PermissionMistakesTest {
    private static final Map<CheckId, String> ACTIONS = Map.of(
            CheckId.LIST, "s3:ListBucket",
            CheckId.PUT, "s3:PutObject",
            CheckId.GET, "s3:GetObject",
            CheckId.TAGGING, "s3:GetObjectTagging");
    private static final String ON_ONE_PREFIX = """
            {"Version": "2012-10-17", "Statement": [
             {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${bucket}",
              "Condition": {"StringLike": {"s3:prefix": ["plant-7/", "plant-7/*"]}}},
             {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject"],
              "Resource": "arn:aws:s3:::${bucket}/plant-7/*"}]}""";

    @ParameterizedTest
    @EnumSource(names = {"LIST", "PUT", "GET", "TAGGING"})
    void aPermissionThatLacksIsNamedWithTheStatementToAdd(CheckId id) {
        String action = ACTIONS.getOrDefault(id, "");
        Customer customer = Customer.healthy()
                .withPermissions(Customer.PERMISSIONS.replace("\"" + action + "\"", "\"s3:GetBucketTagging\""));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole().failing(id, FailureCode.IDENTITY_POLICY_MISSING).areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, id, customer);
        assertThat(statement(report, id).effect()).isEqualTo("Allow");
        assertThat(statement(report, id).action()).containsExactly(action);
        assertThat(statement(report, id).resource())
                .containsExactly("arn:aws:s3:::" + customer.name("bucket") + (id == CheckId.LIST ? "" : "/*"));
        assertThat(statement(report, id).principal()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIST", "PUT", "GET", "TAGGING"})
    void aDenyInTheRolesOwnPolicy(CheckId id) {
        Customer customer = Customer.healthy().withPermissions("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "%s",
                 "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]},
                 {"Effect": "Allow", "Action": "s3:*",
                 "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}]}""".formatted(ACTIONS.get(id)));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole().failing(id, FailureCode.EXPLICIT_DENY).areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, id, customer);
        assertThat(failure(report, id).remedy().text()).contains("Deny", customer.name("roleName"));
        assertThat(failure(report, id).remedy().statement()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIST", "PUT", "GET", "TAGGING"})
    void aDenyInTheBucketPolicy(CheckId id) {
        Customer customer = Customer.healthy().withBucketPolicy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "%s",
                 "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}]}""".formatted(ACTIONS.get(id)));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole().failing(id, FailureCode.BUCKET_POLICY_DENIED).areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, id, customer);
        assertThat(failure(report, id).remedy().text()).contains("bucket policy", customer.name("roleArn"));
    }

    @Test
    void aPermissionsBoundaryThatLeavesUploadsOut() {
        Customer customer = Customer.healthy().withBoundary("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}]}""");

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.PERMISSIONS_BOUNDARY_DENIED)
                .areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, CheckId.PUT, customer);
        assertThat(failure(report, CheckId.PUT).remedy().text()).contains("boundary");
        assertThat(statement(report, CheckId.PUT).action()).containsExactly("s3:PutObject");
    }

    @Test
    void aRoleWithoutAnyPolicyFailsWhatS3CanTell() {
        Customer customer = Customer.healthy().withoutPermissions();

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole().withoutPermissions().areThoseOf(Status.PROPAGATING, report);
    }

    @Test
    void withoutObjectAndWithoutTheRightToListReadingIsLeftOpen() {
        Customer customer = Customer.healthy().withPermissions("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectTagging"],
                 "Resource": "arn:aws:s3:::${bucket}/*"}]}""");

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .but(CheckId.BUCKET, "SKIPPED")
                .failing(CheckId.LIST, FailureCode.IDENTITY_POLICY_MISSING)
                .failing(CheckId.PUT, FailureCode.IDENTITY_POLICY_MISSING)
                .but(CheckId.GET, "SKIPPED")
                .but(CheckId.TAGGING, "SKIPPED")
                .areThoseOf(Status.PROPAGATING, report);
    }

    @Test
    void anAllowInTheBucketPolicyAloneIsEnough() {
        Customer customer = Customer.healthy().withoutPermissions().withBucketPolicy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "${roleArn}"},
                 "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
                 "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]}]}""");

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(draft(customer)));
    }

    @Test
    void aGrantOnOnePrefixIsEnoughForAnIntegrationOnThatPrefix() {
        Customer customer = Customer.healthy().withPermissions(ON_ONE_PREFIX);

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(under("plant-7/", draft(customer))));
    }

    @ParameterizedTest
    @CsvSource({"''", "plant-8/"})
    void aGrantOnOnePrefixIsNotEnoughForAnother(String prefix) {
        Customer customer = Customer.healthy().withPermissions(ON_ONE_PREFIX);

        ValidationReport report = TestValidator.USUAL.validate(under(prefix, draft(customer)));

        Outcomes.ofRole().withoutPermissions().areThoseOf(Status.PROPAGATING, report);
        String bucket = "arn:aws:s3:::" + customer.name("bucket");
        assertThat(statement(report, CheckId.PUT).resource()).containsExactly(bucket + "/" + prefix + "*");
        assertThat(statement(report, CheckId.LIST).condition())
                .isEqualTo(
                        prefix.isEmpty() ? Map.of() : Map.of("StringLike", Map.of("s3:prefix", List.of(prefix + "*"))));
    }

    @Test
    void taggingThatIsNotNeededIsAWarningAtMost() {
        Customer customer =
                Customer.healthy().withPermissions(Customer.PERMISSIONS.replace("\"s3:GetObjectTagging\", ", ""));

        ValidationReport report = TestValidator.USUAL.validate(TestValidator.withoutSessionMetadata(draft(customer)));

        Outcomes.ofRole()
                .but(CheckId.TAGGING, "WARNING IDENTITY_POLICY_MISSING")
                .areThoseOf(Status.HEALTHY, report);
        assertThat(check(report, CheckId.TAGGING).required()).isFalse();
    }

    private static void assertNamed(ValidationReport report, CheckId id, Customer customer) {
        String resource = "arn:aws:s3:::" + customer.name("bucket") + (id == CheckId.LIST ? "" : "/.sea-validation");
        assertThat(check(report, id).action()).isEqualTo(ACTIONS.get(id));
        assertThat(check(report, id).resource()).isEqualTo(resource);
        assertThat(failure(report, id).message()).contains(ACTIONS.getOrDefault(id, ""), resource);
    }
}
