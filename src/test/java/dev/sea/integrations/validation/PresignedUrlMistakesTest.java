package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.check;
import static dev.sea.integrations.validation.TestValidator.afterPass;
import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.draftWithKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome.Warning;
import dev.sea.integrations.report.Remedy;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.HeldUpload;
import dev.sea.integrations.testing.LocalAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that let SEA read by a signature in a header, and not by a URL. */
class PresignedUrlMistakesTest {
    private static final int EVERY_ATTEMPT = 20;
    private static final String DENY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
             "Resource": "arn:aws:s3:::${bucket}/*", "Condition": %s}]}""";
    private static final String NO_URLS = DENY.formatted("""
            {"StringNotEquals": {"s3:authType": "REST-HEADER"}}""");
    private static final String URLS_FROM_HOME = DENY.formatted("""
            {"StringEquals": {"s3:authType": "REST-QUERY-STRING"}, "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}""");
    private static final String FOR_A_MINUTE = DENY.formatted("""
            {"NumericGreaterThan": {"s3:signatureAge": "60000"}}""");
    private static final String FOR_TEN_MINUTES = FOR_A_MINUTE.replace("60000", "600000");
    private static final String BY_HEADER_ONLY = Customer.PERMISSIONS.replace(
            "\"Resource\"", "\"Condition\": {\"StringEquals\": {\"s3:authType\": \"REST-HEADER\"}}, \"Resource\"");

    private static ValidationReport validated(Customer customer) {
        return TestValidator.USUAL.validate(draft(customer));
    }

    private static void isHealthyBut(FailureCode code, ValidationReport report) {
        Outcomes.ofRole().but(CheckId.PRESIGNED, "WARNING " + code).areThoseOf(Status.HEALTHY, report);
        assertThat(check(report, CheckId.PRESIGNED).required()).isFalse();
    }

    private static Remedy remedy(ValidationReport report) {
        return ((Warning) check(report, CheckId.PRESIGNED).outcome()).remedy();
    }

    private static String policy(Statement pasted) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(Map.of("Version", "2012-10-17", "Statement", List.of(pasted)));
    }

    private static List<Integer> urls(Customer customer, long since) {
        return LocalAws.calls(since, Map.of("bucket", customer.name("bucket"))).stream()
                .filter(LocalAws.Call::isPresigned)
                .map(LocalAws.Call::status)
                .toList();
    }

    @Test
    void aDenyOfEverythingButHeadersIsNamedAndMends() throws JsonProcessingException {
        Customer customer = Customer.healthy().withBucketPolicy(NO_URLS);
        long since = System.currentTimeMillis();

        ValidationReport report = validated(customer);

        isHealthyBut(FailureCode.BUCKET_POLICY_DENIED, report);
        assertThat(urls(customer, since)).containsExactly(403, 403);
        assertThat(remedy(report).text())
                .contains("s3:authType", "aws:SourceIp", "bucket policy of " + customer.name("bucket"))
                .doesNotContain("s3:signatureAge");
        customer.withBucketPolicy(policy(remedy(report).statement().orElseThrow()));
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, validated(customer));
    }

    @Test
    void aDenyOfUrlsFromAnotherNetworkIsLookedForInTheSamePlace() {
        ValidationReport report = validated(Customer.healthy().withBucketPolicy(URLS_FROM_HOME));

        isHealthyBut(FailureCode.BUCKET_POLICY_DENIED, report);
        assertThat(remedy(report).text()).contains("s3:authType", "aws:SourceIp");
    }

    @Test
    void aDenyOfOldSignaturesIsNamedAndMends() throws JsonProcessingException {
        Customer customer = Customer.healthy().withBucketPolicy(FOR_A_MINUTE);
        long since = System.currentTimeMillis();

        ValidationReport report = validated(customer);

        isHealthyBut(FailureCode.BUCKET_POLICY_DENIED, report);
        assertThat(urls(customer, since)).as("an old one, and one just signed").containsExactly(403, 200);
        assertThat(remedy(report).text()).contains("s3:signatureAge", "300000").doesNotContain("s3:authType");
        customer.withBucketPolicy(policy(remedy(report).statement().orElseThrow()));
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, validated(customer));
    }

    @Test
    void aLimitThatNoUrlReachesIsNoMistake() {
        Outcomes.ofRole()
                .areThoseOf(Status.HEALTHY, validated(Customer.healthy().withBucketPolicy(FOR_TEN_MINUTES)));
    }

    @Test
    void aGrantForHeadersOnlyIsNamedAndMends() throws JsonProcessingException {
        Customer customer = Customer.healthy().withPermissions(BY_HEADER_ONLY);

        ValidationReport report = validated(customer);

        isHealthyBut(FailureCode.IDENTITY_POLICY_MISSING, report);
        assertThat(remedy(report).text()).contains("s3:authType", "permissions policy");
        String statement =
                new ObjectMapper().writeValueAsString(remedy(report).statement().orElseThrow());
        customer.withPermissions(BY_HEADER_ONLY.replace("\"Statement\": [", "\"Statement\": [" + statement + ","));
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, validated(customer));
    }

    @Test
    void aDenialWithoutAReasonNamesEachPlaceToLook() {
        Customer customer = new Customer()
                .ownedBy(Account.OTHER)
                .withBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS)
                .withBucketPolicy("""
                        {"Version": "2012-10-17", "Statement": [
                         {"Effect": "Allow", "Principal": {"AWS": "${roleArn}"},
                          "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"],
                          "Resource": ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]},
                         {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${bucket}/*",
                          "Condition": {"StringNotEquals": {"s3:authType": "REST-HEADER"}}}]}""");

        ValidationReport report = validated(customer);

        isHealthyBut(FailureCode.ACCESS_DENIED, report);
        assertThat(remedy(report).text()).contains("s3:authType", "bucket policy", "service control policies");
    }

    @Test
    void anAccessKeyMayLackThemToo() {
        Customer customer = new Customer().withBucket().withUser(BY_HEADER_ONLY);

        Outcomes.ofKeys()
                .but(CheckId.PRESIGNED, "WARNING IDENTITY_POLICY_MISSING")
                .areThoseOf(Status.HEALTHY, TestValidator.USUAL.validate(draftWithKeys(customer)));
    }

    @Test
    void whereNothingMayReadUrlsAreNotBlamed() {
        Customer customer = Customer.healthy().withPermissions(BY_HEADER_ONLY.replace("\"s3:GetObject\", ", ""));
        long since = System.currentTimeMillis();

        Outcomes.ofRole()
                .failing(CheckId.GET, FailureCode.IDENTITY_POLICY_MISSING)
                .areThoseOf(Status.PROPAGATING, validated(customer));

        assertThat(urls(customer, since)).containsExactly(403);
    }

    @Test
    void aLightValidationDoesNotAsk() {
        Customer customer = Customer.healthy().withBucketPolicy(NO_URLS);
        long since = System.currentTimeMillis();

        Outcomes.ofRole().lightly().areThoseOf(Status.HEALTHY, TestValidator.USUAL.validateLightly(draft(customer)));

        assertThat(urls(customer, since)).isEmpty();
    }

    @Test
    void aLaterValidationAsksBesideTheUploadAndOnlyOnce() {
        Customer customer = Customer.healthy().withBucketPolicy(NO_URLS);
        Subject subject = draft(customer);
        Subject later = afterPass(subject, TestValidator.USUAL.prove(subject));
        ValidationReport report;
        List<LocalAws.Call> calls;
        try (HeldUpload held = HeldUpload.of(customer, true)) {
            report = TestValidator.USUAL.validate(later, Scope.FULL);
            calls = held.calls();
        }

        isHealthyBut(FailureCode.BUCKET_POLICY_DENIED, report);
        LocalAws.Call put = calls.stream()
                .filter(call -> call.operation().equals("PutObject"))
                .findFirst()
                .orElseThrow();
        assertThat(calls)
                .filteredOn(LocalAws.Call::isPresigned)
                .hasSize(2)
                .first()
                .satisfies(call -> assertThat(call.end()).isLessThan(put.end()));
    }

    /** An expired URL is AccessDenied to S3 as well, but it tells of clocks and not of policies. */
    @ParameterizedTest
    @ValueSource(strings = {"503", "hang-up", "expired"})
    void whatIsNoDenialIsUnknownAndHarmsNothing(String kind) {
        Customer customer = Customer.healthy();
        Map<String, String> byUrl = Map.of("bucket", customer.name("bucket"), "authType", "REST-QUERY-STRING");
        FailureCode code = kind.equals("expired") ? FailureCode.UNEXPECTED_ANSWER : FailureCode.AWS_UNAVAILABLE;

        try (LocalAws.Fault _ = switch (kind) {
            case "503" -> LocalAws.error(500, "InternalError", "s3", "GetObject", byUrl, EVERY_ATTEMPT);
            case "hang-up" -> LocalAws.fault("reset", "s3", "GetObject", byUrl, EVERY_ATTEMPT);
            default ->
                LocalAws.error(403, "AccessDenied", "Request has expired", "s3", "GetObject", byUrl, EVERY_ATTEMPT);
        }) {
            Outcomes.ofRole().unknown(CheckId.PRESIGNED, code).areThoseOf(Status.HEALTHY, validated(customer));
        }
    }

    @Test
    void aUrlThatFailsOnceIsTriedAgain() {
        Customer customer = Customer.healthy();
        Map<String, String> byUrl = Map.of("bucket", customer.name("bucket"), "authType", "REST-QUERY-STRING");

        try (var _ = LocalAws.fault("500", "s3", "GetObject", byUrl, 1)) {
            Outcomes.ofRole().areThoseOf(Status.HEALTHY, validated(customer));
        }
    }

    @Test
    void theWarningSaysWhoIsConcerned() {
        ValidationReport report = validated(Customer.healthy().withBucketPolicy(NO_URLS));

        assertThat(check(report, CheckId.PRESIGNED).outcome())
                .asInstanceOf(type(Warning.class))
                .satisfies(warning -> assertThat(warning.message())
                        .contains("presigned URL", "recorders and players", "the bucket policy denies it explicitly"));
        assertThat(report.toString()).doesNotContain("X-Amz-");
    }
}
