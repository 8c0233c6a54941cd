package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.check;
import static dev.sea.integrations.validation.Outcomes.failure;
import static dev.sea.integrations.validation.Outcomes.statement;
import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with the KMS key that the bucket encrypts with. */
class KeyMistakesTest {
    private static final String ADMINISTRATORS_ONLY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*",
             "Principal": {"AWS": "arn:aws:iam::${customer}:role/OrganizationAccountAccessRole"}}]}""";

    private static Customer encrypting(String permissions) {
        return new Customer().withKey().withBucket().withEncryptedBucket().withRole(Customer.TRUST, permissions);
    }

    private static String without(String action) {
        return Customer.PERMISSIONS_WITH_KMS.replace("\"" + action + "\"", "\"kms:DescribeKey\"");
    }

    @Test
    void aKeyThatMayBeUsedIsHealthy() {
        ValidationReport report = TestValidator.USUAL.validate(draft(encrypting(Customer.PERMISSIONS_WITH_KMS)));

        Outcomes.ofRole().but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, report);
        assertThat(check(report, CheckId.KMS).required()).isTrue();
    }

    @Test
    void encryptAloneLacks() {
        Customer customer = encrypting(without("kms:Encrypt"));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole().failing(CheckId.KMS, FailureCode.KMS_DENIED).areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, CheckId.KMS, customer, "kms:Encrypt");
        assertThat(check(report, CheckId.KMS).action()).isEqualTo("kms:Encrypt");
    }

    @Test
    void decryptAloneLacks() {
        Customer customer = encrypting(without("kms:Decrypt"));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.GET, FailureCode.KMS_DENIED)
                .failing(CheckId.KMS, FailureCode.KMS_DENIED)
                .areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, CheckId.GET, customer, "kms:Decrypt");
        assertNamed(report, CheckId.KMS, customer, "kms:Decrypt");
    }

    /** No Allow overrides it. */
    @Test
    void aPermissionsBoundaryThatDeniesTheKeyIsToBeChanged() {
        Customer customer = encrypting(Customer.PERMISSIONS_WITH_KMS).withBoundary("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"},
                 {"Effect": "Deny", "Action": "kms:GenerateDataKey", "Resource": "*"}]}""");

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        assertThat(failure(report, CheckId.PUT).code()).isEqualTo(FailureCode.PERMISSIONS_BOUNDARY_DENIED);
        assertThat(failure(report, CheckId.PUT).remedy().text())
                .contains("Remove the Deny that applies to kms:GenerateDataKey", "permissions boundary");
        assertThat(failure(report, CheckId.PUT).remedy().statement()).isEmpty();
    }

    @Test
    void generateDataKeyAloneLacks() {
        Customer customer = encrypting(without("kms:GenerateDataKey"));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.KMS_DENIED)
                .failing(CheckId.KMS, FailureCode.KMS_DENIED)
                .areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, CheckId.PUT, customer, "kms:GenerateDataKey");
        assertNamed(report, CheckId.KMS, customer, "kms:GenerateDataKey");
    }

    @Test
    void whereNothingCouldBePutEachActionThatLacksIsNamed() {
        Customer customer = encrypting(Customer.PERMISSIONS_WITH_KMS
                .replace("\"kms:GenerateDataKey\"", "\"kms:DescribeKey\"")
                .replace("\"kms:Decrypt\"", "\"kms:ListAliases\""));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.KMS_DENIED)
                .failing(CheckId.KMS, FailureCode.KMS_DENIED)
                .areThoseOf(Status.PROPAGATING, report);
        assertThat(statement(report, CheckId.KMS).action()).containsExactly("kms:Decrypt", "kms:GenerateDataKey");
    }

    @Test
    void aKeyPolicyThatNeitherNamesTheRoleNorLetsIamPoliciesCount() {
        Customer customer = encrypting(Customer.PERMISSIONS_WITH_KMS).withKeyPolicy(ADMINISTRATORS_ONLY);

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.KMS_KEY_POLICY_DENIED)
                .failing(CheckId.KMS, FailureCode.KMS_KEY_POLICY_DENIED)
                .areThoseOf(Status.PROPAGATING, report);
        assertThat(failure(report, CheckId.PUT).message()).contains("kms:GenerateDataKey", customer.name("keyArn"));
        assertThat(failure(report, CheckId.PUT).remedy().text()).contains("key policy", customer.name("keyArn"));
        assertThat(statement(report, CheckId.PUT).principal()).containsEntry("AWS", customer.name("roleArn"));
        assertThat(statement(report, CheckId.PUT).action()).containsExactly("kms:GenerateDataKey");
    }

    @Test
    void aDisabledKey() {
        Customer customer = encrypting(Customer.PERMISSIONS_WITH_KMS).withDisabledKey();

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.KMS_KEY_UNUSABLE)
                .failing(CheckId.KMS, FailureCode.KMS_KEY_UNUSABLE)
                .areThoseOf(Status.UNHEALTHY, report);
        assertThat(failure(report, CheckId.PUT).message()).contains("disabled");
    }

    @Test
    void aGrantThatOnlyS3MayUseIsNoFalseAlarm() {
        Customer customer = encrypting(Customer.PERMISSIONS_WITH_KMS.replace(
                "\"Resource\": \"${keyArn}\"",
                "\"Resource\": \"${keyArn}\", \"Condition\": {\"StringEquals\":"
                        + " {\"kms:ViaService\": \"s3.us-east-1.amazonaws.com\"}}"));

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, report);
        assertThat(check(report, CheckId.KMS).required()).isFalse();
    }

    @Test
    void aGrantThatInsistsOnS3sEncryptionContextIsNoFalseAlarm() {
        Customer customer = encrypting(Customer.PERMISSIONS_WITH_KMS.replace(
                "\"Resource\": \"${keyArn}\"",
                "\"Resource\": \"${keyArn}\", \"Condition\": {\"StringLike\":"
                        + " {\"kms:EncryptionContext:aws:s3:arn\": \"arn:aws:s3:::${bucket}/*\"}}"));

        Outcomes.ofRole()
                .but(CheckId.KMS, "PASSED")
                .areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(draft(customer)));
    }

    @Test
    void aKeyOfAnotherAccountThatRefusesIsNamedByNobody() {
        Customer customer = new Customer().ownedBy(Account.OTHER).withKey();
        String foreignKey = customer.name("keyArn");
        customer.ownedBy(Account.CUSTOMER)
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);

        ValidationReport report = TestValidator.USUAL.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.KMS_KEY_POLICY_DENIED)
                .failing(CheckId.KMS, FailureCode.KMS_KEY_POLICY_DENIED)
                .areThoseOf(Status.PROPAGATING, report);
        assertThat(failure(report, CheckId.KMS).message())
                .contains("AWS names no key")
                .doesNotContain(foreignKey);
    }

    @Test
    void aNamedKeyIsAskedAboutEvenWhereNothingCouldBePut() {
        Customer customer = new Customer()
                .withKey()
                .withBucket()
                .withRole(
                        Customer.TRUST, without("kms:Encrypt").replace("\"s3:PutObject\"", "\"s3:PutObjectTagging\""));

        ValidationReport report =
                TestValidator.USUAL.validate(TestValidator.withKey(customer.name("keyArn"), draft(customer)));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.IDENTITY_POLICY_MISSING)
                .failing(CheckId.KMS, FailureCode.KMS_DENIED)
                .areThoseOf(Status.PROPAGATING, report);
        assertNamed(report, CheckId.KMS, customer, "kms:Encrypt");
    }

    @ParameterizedTest
    @CsvSource({"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"})
    void nothingIsSaidOfActionsThatAreAllowed(String lacking) {
        ValidationReport report = TestValidator.USUAL.validate(draft(encrypting(without(lacking))));

        for (String other : new String[] {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"}) {
            assertThat(failure(report, CheckId.KMS).toString().contains(other))
                    .as(other)
                    .isEqualTo(other.equals(lacking));
        }
    }

    private static void assertNamed(ValidationReport report, CheckId id, Customer customer, String action) {
        assertThat(failure(report, id).message()).contains(action, customer.name("keyArn"));
        assertThat(statement(report, id).action()).containsExactly(action);
        assertThat(statement(report, id).resource()).containsExactly(customer.name("keyArn"));
    }
}
