package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.check;
import static dev.sea.integrations.validation.Outcomes.failure;
import static dev.sea.integrations.validation.Outcomes.statement;
import static dev.sea.integrations.validation.TestValidator.afterPass;
import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.withKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket in which SEA may create objects and never overwrite one is what an auditor wants, and SEA needs no more.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html">Enforce conditional writes on
 *     Amazon S3 buckets</a>
 */
class CreateOnlyBucketTest {
    private static final String NOTE = "SEA only creates objects here";
    private static final String KEY = ".sea-validation";
    private static final String NO_OVERWRITING = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",
             "Resource": "arn:aws:s3:::${bucket}/*", "Condition": {"Null": {"s3:if-none-match": "true"}}}]}""";
    private static final String OF_ANOTHER_ACCOUNT = """
            {"Version": "2012-10-17", "Statement": [
             {"Effect": "Allow", "Principal": {"AWS": "${roleArn}"}, "Action": ["s3:ListBucket", "s3:GetObject*"],
              "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]},
             {"Effect": "Allow", "Principal": {"AWS": "${roleArn}"}, "Action": "s3:PutObject",
              "Resource": "arn:aws:s3:::${bucket}/*", "Condition": {"Null": {"s3:if-none-match": "false"}}}]}""";
    private static final String ONLY_CREATES = Customer.PERMISSIONS
            .replace(", \"s3:PutObject\"", "")
            .replace(
                    "\"Statement\": [",
                    "\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:PutObject\", \"Resource\":"
                            + " \"arn:aws:s3:::${bucket}/*\", \"Condition\": {\"Null\": {\"s3:if-none-match\": \"false\"}}},");
    private static final String WITHOUT_PUT = Customer.PERMISSIONS.replace(", \"s3:PutObject\"", "");
    private static final String READS_WITH_ANY_KEY = Customer.PERMISSIONS_WITH_KMS.replace(
            "\"Action\": [\"kms:Encrypt\", \"kms:Decrypt\", \"kms:GenerateDataKey\"], \"Resource\": \"${keyArn}\"",
            "\"Action\": \"kms:Decrypt\", \"Resource\": \"*\"}, {\"Effect\": \"Allow\", \"Action\": [\"kms:Encrypt\","
                    + " \"kms:GenerateDataKey\"], \"Resource\": \"${keyArn}\"");

    private static Customer createOnly() {
        return Customer.healthy().withBucketPolicy(NO_OVERWRITING);
    }

    private static Customer encrypted() {
        return new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS)
                .withBucketPolicy(NO_OVERWRITING);
    }

    private static ValidationReport validated(Customer customer) {
        return TestValidator.USUAL.validate(draft(customer));
    }

    private static S3Client s3() {
        return Account.CUSTOMER.s3("us-east-1");
    }

    private static List<Integer> statuses(Customer customer, String operation, long since) {
        return LocalAws.calls(since, Map.of("bucket", customer.name("bucket"), "operation", operation)).stream()
                .map(LocalAws.Call::status)
                .toList();
    }

    private static void isHealthyWithANote(ValidationReport report) {
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, report);
        assertThat(check(report, CheckId.PUT).outcome())
                .isInstanceOfSatisfying(
                        Passed.class, passed -> assertThat(passed.message()).contains(NOTE));
    }

    @Test
    void isHealthyWhetherTheObjectIsMissingOrThere() {
        Customer customer = createOnly();
        long since = System.currentTimeMillis();

        isHealthyWithANote(validated(customer));
        isHealthyWithANote(validated(customer));

        assertThat(statuses(customer, "PutObject", since)).containsExactly(403, 200, 403, 412);
    }

    @Test
    void isHealthyByTheRolesOwnPolicy() {
        Customer customer = Customer.healthy().withPermissions(ONLY_CREATES);

        isHealthyWithANote(validated(customer));
        isHealthyWithANote(validated(customer));
    }

    @Test
    void isHealthyInAnotherAccountWhichIsNotTheOneGuessed() {
        Customer customer = new Customer()
                .ownedBy(Account.OTHER)
                .withBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS)
                .withBucketPolicy(OF_ANOTHER_ACCOUNT);

        isHealthyWithANote(validated(customer));
        isHealthyWithANote(validated(customer));
    }

    @Test
    void gainsNoNoteWhereSeaMayOverwrite() {
        ValidationReport report = validated(Customer.healthy());

        assertThat(check(report, CheckId.PUT).outcome())
                .isInstanceOfSatisfying(
                        Passed.class, passed -> assertThat(passed.message()).doesNotContain(NOTE));
    }

    @Test
    void isValidatedLightlyWithoutADenial() {
        Customer customer = createOnly();
        validated(customer);
        long since = System.currentTimeMillis();

        ValidationReport report = TestValidator.USUAL.validateLightly(draft(customer));

        assertThat(report.status()).isEqualTo(Status.HEALTHY);
        assertThat(statuses(customer, "PutObject", since)).containsExactly(412);
    }

    @Test
    void isReadOnceBesideTheUploads() {
        Customer customer = encrypted();
        Subject later = afterPass(draft(customer), TestValidator.USUAL.prove(draft(customer)));
        long since = System.currentTimeMillis();

        Outcomes.ofRole().but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(later));

        assertThat(statuses(customer, "PutObject", since)).containsExactly(403, 412);
        assertThat(statuses(customer, "GetObject", since)).as("once by a URL").containsExactly(200, 200);
        assertThat(statuses(customer, "GetObjectTagging", since)).containsExactly(200);
    }

    @Test
    void lacksThePermissionWhereItMayNotCreateEither() throws JsonProcessingException {
        Customer customer = createOnly().withPermissions(WITHOUT_PUT);

        ValidationReport report = validated(customer);

        // The bucket's demand denies the first upload, but exempting SEA from it is not what is needed.
        assertThat(failure(report, CheckId.PUT).code()).isEqualTo(FailureCode.IDENTITY_POLICY_MISSING);
        String statement = new ObjectMapper().writeValueAsString(statement(report, CheckId.PUT));
        customer.withPermissions(WITHOUT_PUT.replace("\"Statement\": [", "\"Statement\": [" + statement + ","));
        isHealthyWithANote(validated(customer));
    }

    @Test
    void lacksTheKeyWhereItMayCreate() {
        Customer customer = encrypted().withPermissions(Customer.PERMISSIONS);

        assertThat(failure(validated(customer), CheckId.PUT).code()).isEqualTo(FailureCode.KMS_DENIED);
    }

    @Test
    void createsAgainWhereTheObjectWasDeletedMeanwhile() {
        Customer customer = createOnly();
        Map<String, String> creation = Map.of("bucket", customer.name("bucket"));
        TestValidator validator = TestValidator.USUAL;
        validated(customer);

        try (var _ = LocalAws.error(409, "ConditionalRequestConflict", "s3", "PutObject", creation, 1)) {
            assertThat(validator.validateLightly(draft(customer)).status()).isEqualTo(Status.HEALTHY);
        }
        try (var _ = LocalAws.error(409, "ConditionalRequestConflict", "s3", "PutObject", creation, 2)) {
            Outcomes.ofRole()
                    .lightly()
                    .unknown(CheckId.PUT, FailureCode.UNEXPECTED_ANSWER)
                    .areThoseOf(Status.UNKNOWN, validator.validateLightly(draft(customer)));
        }
    }

    @Test
    void isHealthyThoughItsObjectKeepsTheKeyOfItsTime() {
        Customer customer = encrypted();
        Subject later = afterPass(draft(customer), TestValidator.USUAL.prove(draft(customer)));
        String first = customer.name("keyArn");

        // SEA may still read with the first key, and write with the second only.
        customer.withKey().withEncryptedBucket().withPermissions(READS_WITH_ANY_KEY);

        assertThat(customer.name("keyArn")).isNotEqualTo(first);
        Outcomes.ofRole().but(CheckId.KMS, "SKIPPED").areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(later));
        Outcomes.ofRole().but(CheckId.KMS, "SKIPPED").areThoseOf(Status.HEALTHY, validated(customer));
    }

    @Test
    void asksAboutTheKeyThatUploadsNameAndNotTheObjects() {
        Customer customer = encrypted();
        Subject later = afterPass(draft(customer), TestValidator.USUAL.prove(draft(customer)));
        customer.withKey().withPermissions(READS_WITH_ANY_KEY);
        String named = customer.name("keyArn");
        long since = System.currentTimeMillis();

        ValidationReport report = TestValidator.USUAL.validate(withKey(named, later));

        Outcomes.ofRole().but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, report);
        assertThat(check(report, CheckId.KMS).resource()).isEqualTo(named);
        assertThat(LocalAws.calls(since, Map.of("keyId", named)))
                .extracting(LocalAws.Call::operation)
                .as("a dry run of each, and a ciphertext for the last")
                .containsExactlyInAnyOrder("GenerateDataKey", "Encrypt", "Encrypt", "Decrypt");
    }

    @Test
    void tellsToDeleteAnObjectWhoseKeyIsGone() {
        Customer customer = encrypted();
        validated(customer);
        customer.withDisabledKey().withKey().withEncryptedBucket().withPermissions(READS_WITH_ANY_KEY);

        ValidationReport report = validated(customer);

        assertThat(report.status()).isEqualTo(Status.UNHEALTHY);
        assertThat(failure(report, CheckId.GET).code()).isEqualTo(FailureCode.KMS_KEY_UNUSABLE);
        assertThat(failure(report, CheckId.GET).remedy().text())
                .contains("delete the object arn:aws:s3:::" + customer.name("bucket") + "/" + KEY);
        s3().deleteObject(object -> object.bucket(customer.name("bucket")).key(KEY));
        Outcomes.ofRole().but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, validated(customer));
    }
}
