package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.afterPass;
import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.draftWithKeys;
import static dev.sea.integrations.validation.TestValidator.withoutSessionMetadata;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.HeldUpload;
import dev.sea.integrations.testing.LocalAws;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * A validation of an integration that passed before reads the object of that time beside writing it. What it reports is the same
 * as if it read afterwards, whatever happened to the object meanwhile.
 */
class LaterValidationsTest {
    private static final String KEY = ".sea-validation";
    private static final int EVERY_ATTEMPT = 20;
    private static final Set<String> BESIDE_PUT = Set.of("GetObject", "GetObjectTagging", "Encrypt", "GenerateDataKey");
    private static final String WITHOUT_TAGGING = Customer.PERMISSIONS.replace("\"s3:GetObjectTagging\", ", "");
    private static final String WITHOUT_LIST = Customer.PERMISSIONS_WITH_KMS.replace("\"s3:ListBucket\", ", "");
    private static final String MANY_KEYS = Customer.PERMISSIONS_WITH_KMS.replace("\"${keyArn}\"", "\"*\"");
    private static final String ONLY_SCANNED = Customer.PERMISSIONS
            .replace(
                    "\"s3:GetObject\", \"s3:GetObjectTagging\", \"s3:ListBucket\", \"s3:PutObject\"],",
                    "\"s3:ListBucket\", \"s3:PutObject\", \"s3:GetObjectTagging\"],")
            .replace(
                    "\"Version\": \"2012-10-17\", \"Statement\": [",
                    "\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\","
                            + " \"Resource\": \"arn:aws:s3:::${bucket}/*\","
                            + " \"Condition\": {\"StringEquals\": {\"s3:ExistingObjectTag/scan\": \"clean\"}}},");

    private static Customer encrypted() {
        return new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS)
                .withUser(Customer.PERMISSIONS_WITH_KMS);
    }

    /** The subject as it is after a pass in full. */
    private static Subject passed(Subject subject) {
        Proof proof = TestValidator.USUAL.prove(subject);
        assertThat(proof.report().status()).as("%s", proof.report()).isEqualTo(Status.HEALTHY);
        return afterPass(subject, proof);
    }

    private record Again(ValidationReport report, List<LocalAws.Call> calls) {
        /** Of calls that are signed in a header. */
        List<Integer> statuses(String operation) {
            return calls.stream()
                    .filter(call -> !call.isPresigned())
                    .filter(call -> call.operation().equals(operation))
                    .map(LocalAws.Call::status)
                    .toList();
        }

        LocalAws.Call put() {
            return calls.stream()
                    .filter(call -> call.operation().equals("PutObject"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Validates once more, and carries out put only when the calls beside it are answered. */
    private static Again again(Customer customer, Subject subject, Scope scope) {
        try (HeldUpload held = HeldUpload.of(customer, scope == Scope.FULL)) {
            return new Again(TestValidator.USUAL.validate(subject, scope), held.calls());
        }
    }

    private static Map<String, String> bucket(Customer customer) {
        return Map.of("bucket", customer.name("bucket"));
    }

    private static Map<String, String> signedInHeader(Customer customer) {
        return Map.of("bucket", customer.name("bucket"), "authType", "REST-HEADER");
    }

    private static S3Client s3() {
        return Account.CUSTOMER.s3("us-east-1");
    }

    private static Outcomes healthy(Scope scope) {
        Outcomes outcomes = Outcomes.ofRole();
        return scope == Scope.FULL ? outcomes : outcomes.lightly();
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void whatNeedsTheObjectIsAskedBesidePutAndOnlyOnce(Scope scope) {
        Customer customer = encrypted();

        Again again = again(customer, passed(draft(customer)), scope);

        healthy(scope).but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, again.report());
        assertThat(again.calls())
                .filteredOn(call -> !call.isPresigned())
                .extracting(LocalAws.Call::operation)
                .containsExactlyInAnyOrder(
                        "HeadBucket",
                        "ListObjectsV2",
                        "PutObject",
                        "GetObject",
                        "GetObjectTagging",
                        "Encrypt",
                        "GenerateDataKey");
        assertThat(again.calls()).filteredOn(LocalAws.Call::isPresigned).hasSize(scope == Scope.FULL ? 1 : 0);
        assertThat(again.calls())
                .filteredOn(call -> BESIDE_PUT.contains(call.operation()))
                .allSatisfy(call -> assertThat(call.end())
                        .as(call.operation())
                        .isLessThan(again.put().end()));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void ofAnAccessKeyToo(Scope scope) {
        Customer customer = encrypted();

        Again again = again(customer, passed(draftWithKeys(customer)), scope);

        Outcomes outcomes =
                scope == Scope.FULL ? Outcomes.ofKeys() : Outcomes.ofKeys().lightly();
        outcomes.but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, again.report());
        assertThat(again.calls())
                .filteredOn(call -> BESIDE_PUT.contains(call.operation()))
                .hasSize(scope == Scope.FULL ? 5 : 4)
                .allSatisfy(call -> assertThat(call.end())
                        .as(call.operation())
                        .isLessThan(again.put().end()));
    }

    @Test
    void theFirstValidationReadsNothingBeforeItHasWritten() {
        Customer customer = encrypted();

        Again first = again(customer, draft(customer), Scope.FULL);

        assertThat(first.calls())
                .filteredOn(call -> BESIDE_PUT.contains(call.operation()))
                .hasSize(5)
                .allSatisfy(call -> assertThat(call.start())
                        .as(call.operation())
                        .isGreaterThanOrEqualTo(first.put().end()));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void anObjectThatIsGoneIsReadOnceItIsWritten(Scope scope) {
        Customer customer = encrypted();
        Subject subject = passed(draft(customer));
        s3().deleteObject(r -> r.bucket(customer.name("bucket")).key(KEY));

        Again again = again(customer, subject, scope);

        healthy(scope).but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, again.report());
        assertThat(again.statuses("GetObject")).containsExactly(404, 200);
        assertThat(again.statuses("GetObjectTagging")).containsExactly(404, 200);
        assertThat(again.statuses("Encrypt")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aDeleteMarkerIsNoDenial(Scope scope) {
        Customer customer = encrypted();
        s3().putBucketVersioning(
                        r -> r.bucket(customer.name("bucket")).versioningConfiguration(v -> v.status("Enabled")));
        Subject subject = passed(draft(customer));
        s3().deleteObject(r -> r.bucket(customer.name("bucket")).key(KEY));

        Again again = again(customer, subject, scope);

        healthy(scope).but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, again.report());
        assertThat(again.statuses("GetObject")).containsExactly(404, 200);
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aDenialThatHidesTheMissingObjectIsNotBelieved(Scope scope) {
        Customer customer = encrypted();
        Subject subject = passed(draft(customer));
        s3().deleteObject(r -> r.bucket(customer.name("bucket")).key(KEY));
        customer.withPermissions(WITHOUT_LIST);

        Again again = again(customer, subject, scope);

        assertThat(again.statuses("GetObject")).containsExactly(403, 200);
        healthy(scope)
                .but(CheckId.KMS, "PASSED")
                .failing(CheckId.LIST, FailureCode.IDENTITY_POLICY_MISSING)
                .areThoseOf(Status.UNHEALTHY, again.report());
    }

    /** Between get and put the object came back: put tells only that it is there. */
    @Test
    void aLightPutThatFindsTheObjectDoesNotShowThatItWasThereBefore() {
        Customer customer = encrypted();
        Subject subject = passed(draft(customer));
        for (int status : List.of(403, 404)) {
            String code = status == 403 ? "AccessDenied" : "NoSuchKey";
            Again again;
            try (var _ = LocalAws.error(status, code, "s3", "GetObject", bucket(customer), 1)) {
                again = again(customer, subject, Scope.LIGHT);
            }
            healthy(Scope.LIGHT).but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, again.report());
            assertThat(again.statuses("GetObject")).containsExactly(status, 200);
        }
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void readingUnderTheOldKeyProvesNothingOfTheBucketsNewOne(Scope scope) {
        Customer customer = encrypted().withPermissions(MANY_KEYS);
        Subject subject = passed(draft(customer));
        String old = customer.name("keyArn");
        customer.withKey().withEncryptedBucket().withPermissions("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
                 "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]},
                 {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:GenerateDataKey"], "Resource": "*"},
                 {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "%s"}]}""".formatted(old));

        Again again = again(customer, subject, scope);

        if (scope == Scope.FULL) {
            assertThat(again.statuses("GetObject")).containsExactly(200, 403);
            healthy(scope)
                    .failing(CheckId.GET, FailureCode.KMS_DENIED)
                    .failing(CheckId.KMS, FailureCode.KMS_DENIED)
                    .areThoseOf(Status.UNHEALTHY, again.report());
        } else {
            // It writes nothing, and so does not see the new key. So it was before.
            healthy(scope).but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, again.report());
        }
    }

    @Test
    void theOldKeysEndIsNoFailureOfTheNewOne() {
        Customer customer = encrypted().withPermissions(MANY_KEYS);
        Subject subject = passed(draft(customer));
        customer.withDisabledKey().withKey().withEncryptedBucket();

        Again again = again(customer, subject, Scope.FULL);

        healthy(Scope.FULL).but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, again.report());
        assertThat(again.statuses("GetObject")).hasSize(2).endsWith(200);
        assertThat(again.statuses("Encrypt")).as("of the new key").hasSize(1);
        assertThat(again.statuses("GenerateDataKey")).as("of the new key").hasSize(1);
    }

    @Test
    void aBucketThatNoLongerEncryptsWithKmsIsNotJudgedByItsOldKey() {
        Customer customer = encrypted();
        Subject subject = passed(draft(customer));
        s3().deleteBucketEncryption(r -> r.bucket(customer.name("bucket")));
        customer.withPermissions(Customer.PERMISSIONS);

        Again again = again(customer, subject, Scope.FULL);

        healthy(Scope.FULL).areThoseOf(Status.HEALTHY, again.report());
    }

    @Test
    void aBucketThatEncryptsOnlyNowIsJudgedByItsNewKey() {
        Customer customer = Customer.healthy();
        Subject subject = passed(draft(customer));
        customer.withKey().withEncryptedBucket();

        Again again = again(customer, subject, Scope.FULL);

        healthy(Scope.FULL)
                .failing(CheckId.PUT, FailureCode.KMS_DENIED)
                .failing(CheckId.KMS, FailureCode.KMS_DENIED)
                .areThoseOf(Status.UNHEALTHY, again.report());
        Again allowed = again(customer.withPermissions(Customer.PERMISSIONS_WITH_KMS), subject, Scope.FULL);
        healthy(Scope.FULL).but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, allowed.report());
        assertThat(allowed.statuses("GetObject")).containsExactly(200, 200);
    }

    @Test
    void anotherContentIsReadAgainOnceItIsOverwritten() {
        Customer customer = Customer.healthy();
        Subject subject = passed(draft(customer));
        s3().putObject(r -> r.bucket(customer.name("bucket")).key(KEY), RequestBody.fromString("the customer's"));

        Again light = again(customer, subject, Scope.LIGHT);
        Again full = again(customer, subject, Scope.FULL);

        healthy(Scope.LIGHT).areThoseOf(Status.HEALTHY, light.report());
        assertThat(light.statuses("GetObject")).containsExactly(200);
        healthy(Scope.FULL).areThoseOf(Status.HEALTHY, full.report());
        assertThat(full.statuses("GetObject")).containsExactly(200, 200);
    }

    /** As of a bucket that a scanner tags: put's object has no tag yet, so SEA may not read what it writes. */
    @Test
    void aTagThatLetsTheOldObjectBeReadProvesNothingOfTheNewOne() {
        Customer customer = Customer.healthy();
        Subject subject = passed(draft(customer));
        tag(customer, "clean");
        customer.withPermissions(ONLY_SCANNED);

        Again light = again(customer, subject, Scope.LIGHT);
        Again full = again(customer, subject, Scope.FULL);

        healthy(Scope.LIGHT).areThoseOf(Status.HEALTHY, light.report());
        healthy(Scope.FULL)
                .failing(CheckId.GET, FailureCode.IDENTITY_POLICY_MISSING)
                .areThoseOf(Status.UNHEALTHY, full.report());
    }

    @Test
    void aTagThatDeniesTheOldObjectIsNoDenialOfTheNewOne() {
        Customer customer = Customer.healthy();
        Subject subject = passed(draft(customer));
        tag(customer, "infected");
        customer.withPermissions(Customer.PERMISSIONS.replace(
                "\"Statement\": [",
                "\"Statement\": [{\"Effect\": \"Deny\", \"Action\": [\"s3:GetObject\", \"s3:GetObjectTagging\"],"
                        + " \"Resource\": \"arn:aws:s3:::${bucket}/*\","
                        + " \"Condition\": {\"StringEquals\": {\"s3:ExistingObjectTag/scan\": \"infected\"}}},"));

        Again full = again(customer, subject, Scope.FULL);

        healthy(Scope.FULL).areThoseOf(Status.HEALTHY, full.report());
        assertThat(full.statuses("GetObject")).containsExactly(403, 200);
        assertThat(full.statuses("GetObjectTagging")).containsExactly(403, 200);
    }

    private static void tag(Customer customer, String scan) {
        s3().putObjectTagging(r -> r.bucket(customer.name("bucket"))
                .key(KEY)
                .tagging(t -> t.tagSet(Tag.builder().key("scan").value(scan).build())));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void anArchivedObjectIsReadAgainOnlyIfItIsWrittenAnew(Scope scope) {
        Customer customer = encrypted();
        Subject subject = passed(draft(customer));

        Again again;
        try (var _ = LocalAws.error(403, "InvalidObjectState", "s3", "GetObject", signedInHeader(customer), 1)) {
            again = again(customer, subject, scope);
        }

        // An object that stays archived does not show its key.
        healthy(scope)
                .but(CheckId.KMS, scope == Scope.FULL ? "PASSED" : "SKIPPED")
                .areThoseOf(Status.HEALTHY, again.report());
        assertThat(again.statuses("GetObject")).hasSize(scope == Scope.FULL ? 2 : 1);
    }

    /** Such a denial is in every report of a healthy integration: it must not cost a call each time. */
    @ParameterizedTest
    @EnumSource(Scope.class)
    void aDenialOfWhatSeaDoesNotNeedIsNotAskedAgain(Scope scope) {
        Customer customer = Customer.healthy().withPermissions(WITHOUT_TAGGING);
        Subject subject = passed(withoutSessionMetadata(draft(customer)));

        Again again = again(customer, subject, scope);

        healthy(scope)
                .but(CheckId.TAGGING, "WARNING " + FailureCode.IDENTITY_POLICY_MISSING)
                .areThoseOf(Status.HEALTHY, again.report());
        assertThat(again.statuses("GetObjectTagging")).containsExactly(403);
        assertThat(again.statuses("GetObject")).containsExactly(200);
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aPermissionThatIsTakenAwayIsMissed(Scope scope) {
        Customer customer = Customer.healthy();
        Subject subject = passed(draft(customer));
        customer.withPermissions(WITHOUT_TAGGING.replace("\"s3:GetObject\", ", ""));

        Again again = again(customer, subject, scope);

        healthy(scope)
                .failing(CheckId.GET, FailureCode.IDENTITY_POLICY_MISSING)
                .failing(CheckId.TAGGING, FailureCode.IDENTITY_POLICY_MISSING)
                .areThoseOf(Status.UNHEALTHY, again.report());
        assertThat(again.statuses("GetObject"))
                .as("no second call to S3 in vain")
                .hasSize(scope == Scope.FULL ? 2 : 1);
    }

    @Test
    void aPutThatHangsTakesNoOtherCheckWithIt() {
        Customer customer = encrypted();
        Subject subject = passed(draft(customer));
        TestValidator brief = TestValidator.with(
                InstantSource.system(), Map.of("sea.validation.call-timeout", "25s", "sea.validation.budget", "6s"));
        brief.validate(subject, Scope.FULL);

        ValidationReport report;
        try (var _ = LocalAws.fault("hang", "s3", "PutObject", bucket(customer), EVERY_ATTEMPT)) {
            report = brief.validate(subject, Scope.FULL);
        }

        assertThat(report.duration()).isLessThan(Duration.ofSeconds(20));
        assertThat(report.status()).isEqualTo(Status.UNKNOWN);
        Outcomes.ofRole()
                .unknown(CheckId.PUT, FailureCode.TIMED_OUT)
                .but(CheckId.KMS, "PASSED")
                .areThoseOf(report);
    }
}
