package dev.sea.integrations.call;

import static dev.sea.integrations.probe.AnsweringServer.Canned.kmsError;
import static dev.sea.integrations.probe.AnsweringServer.Canned.s3Error;
import static dev.sea.integrations.probe.AnsweringServer.Canned.stsError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sea.integrations.probe.AnsweringServer;
import dev.sea.integrations.probe.AnsweringServer.Canned;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.testing.RawServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Real answers through the real SDK: nothing about its exceptions is assumed. */
class AwsFailureTest {
    private static final AnsweringServer SERVER = new AnsweringServer();
    private static final S3Client S3 =
            with(S3Client.builder(), SERVER.address()).forcePathStyle(true).build();
    private static final KmsClient KMS =
            with(KmsClient.builder(), SERVER.address()).build();
    private static final StsClient STS =
            with(StsClient.builder(), SERVER.address()).build();

    private static final String USER =
            "User: arn:aws:sts::222233334444:assumed-role/SEA_ext_access_r/sea-t-i is not" + " authorized to perform: ";
    private static final String ON_OBJECT = " on resource: \"arn:aws:s3:::acme/plant-7/.sea-validation\"";
    private static final String KEY = "arn:aws:kms:us-east-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    static Stream<Arguments> s3Answers() {
        return Stream.of(
                arguments(
                        "nothing but the bare words",
                        FailureCode.ACCESS_DENIED,
                        s3Error(403, "AccessDenied", "Access Denied")),
                arguments(
                        "no identity policy allows",
                        FailureCode.IDENTITY_POLICY_MISSING,
                        denied("s3:PutObject", "because no identity-based policy allows the s3:PutObject action")),
                arguments(
                        "identity policy denies",
                        FailureCode.EXPLICIT_DENY,
                        denied("s3:PutObject", "with an explicit deny in an identity-based policy")),
                arguments(
                        "bucket policy denies",
                        FailureCode.BUCKET_POLICY_DENIED,
                        denied("s3:PutObject", "with an explicit deny in a resource-based policy")),
                arguments(
                        "bucket policy of the same organization does not allow",
                        FailureCode.BUCKET_POLICY_DENIED,
                        denied("s3:PutObject", "because no resource-based policy allows the s3:PutObject action")),
                arguments(
                        "session policy",
                        FailureCode.SESSION_POLICY_DENIED,
                        denied("s3:PutObject", "because no session policy allows the s3:PutObject action")),
                arguments(
                        "boundary does not allow",
                        FailureCode.PERMISSIONS_BOUNDARY_DENIED,
                        denied("s3:PutObject", "because no permissions boundary allows the s3:PutObject action")),
                arguments(
                        "boundary denies",
                        FailureCode.PERMISSIONS_BOUNDARY_DENIED,
                        denied("s3:PutObject", "with an explicit deny in a permissions boundary")),
                arguments(
                        "service control policy denies",
                        FailureCode.SERVICE_CONTROL_POLICY_DENIED,
                        denied(
                                "s3:PutObject",
                                "with an explicit deny in a service control policy: arn:aws:organizations::1:policy/x")),
                arguments(
                        "service control policy does not allow",
                        FailureCode.SERVICE_CONTROL_POLICY_DENIED,
                        denied("s3:PutObject", "because no service control policy allows the s3:PutObject action")),
                arguments(
                        "resource control policy",
                        FailureCode.SERVICE_CONTROL_POLICY_DENIED,
                        denied("s3:PutObject", "with an explicit deny in a resource control policy")),
                arguments(
                        "endpoint policy",
                        FailureCode.SERVICE_FAULT,
                        denied("s3:PutObject", "because no VPC endpoint policy allows the s3:PutObject action")),
                arguments(
                        "KMS by identity policy",
                        FailureCode.KMS_DENIED,
                        s3Error(
                                403,
                                "AccessDenied",
                                USER + "kms:GenerateDataKey on resource: " + KEY
                                        + " because no identity-based policy allows the kms:GenerateDataKey action")),
                arguments(
                        "KMS by key policy",
                        FailureCode.KMS_KEY_POLICY_DENIED,
                        s3Error(
                                403,
                                "AccessDenied",
                                USER + "kms:GenerateDataKey on resource: " + KEY
                                        + " because no resource-based policy allows the kms:GenerateDataKey action")),
                arguments(
                        "KMS across accounts",
                        FailureCode.KMS_KEY_POLICY_DENIED,
                        s3Error(
                                403,
                                "AccessDenied",
                                USER + "kms:GenerateDataKey on this resource because the resource does not"
                                        + " exist in this Region, no resource-based policies allow access, or a resource-based policy"
                                        + " explicitly denies access")),
                arguments(
                        "key disabled",
                        FailureCode.KMS_KEY_UNUSABLE,
                        s3Error(400, "KMS.DisabledException", KEY + " is disabled.")),
                arguments(
                        "key to be deleted",
                        FailureCode.KMS_KEY_UNUSABLE,
                        s3Error(400, "KMS.KMSInvalidStateException", KEY + " is pending deletion.")),
                arguments(
                        "key gone",
                        FailureCode.KMS_KEY_UNUSABLE,
                        s3Error(400, "KMS.NotFoundException", "Key does not exist")),
                arguments(
                        "KMS throttles S3",
                        FailureCode.THROTTLED,
                        s3Error(400, "KMS.ThrottlingException", "Rate exceeded")),
                arguments(
                        "no such bucket",
                        FailureCode.NO_SUCH_BUCKET,
                        s3Error(404, "NoSuchBucket", "The specified bucket")),
                arguments("no such key", FailureCode.UNEXPECTED_ANSWER, s3Error(404, "NoSuchKey", "The specified key")),
                arguments(
                        "unknown key ID",
                        FailureCode.INVALID_ACCESS_KEY,
                        s3Error(403, "InvalidAccessKeyId", "The AWS Access")),
                arguments(
                        "wrong secret",
                        FailureCode.SIGNATURE_MISMATCH,
                        s3Error(403, "SignatureDoesNotMatch", "The request signature")),
                arguments(
                        "archived object",
                        FailureCode.UNEXPECTED_ANSWER,
                        s3Error(403, "InvalidObjectState", "The operation is not")),
                arguments(
                        "clock", FailureCode.UNEXPECTED_ANSWER, s3Error(403, "RequestTimeTooSkewed", "The difference")),
                arguments(
                        "expired token",
                        FailureCode.UNEXPECTED_ANSWER,
                        s3Error(400, "ExpiredToken", "The provided token")),
                arguments(
                        "slow client", FailureCode.TIMED_OUT, s3Error(400, "RequestTimeout", "Your socket connection")),
                arguments(
                        "slow down",
                        FailureCode.THROTTLED,
                        s3Error(503, "SlowDown", "Please reduce your request rate.")),
                arguments(
                        "internal error", FailureCode.AWS_UNAVAILABLE, s3Error(500, "InternalError", "We encountered")),
                arguments(
                        "unavailable",
                        FailureCode.AWS_UNAVAILABLE,
                        s3Error(503, "ServiceUnavailable", "Service is unable")),
                arguments(
                        "another region",
                        FailureCode.WRONG_REGION,
                        s3Error(301, "PermanentRedirect", "The bucket you are")),
                arguments(
                        "another region's signature",
                        FailureCode.WRONG_REGION,
                        s3Error(
                                400,
                                "AuthorizationHeaderMalformed",
                                "the region 'us-east-1' is wrong; expecting 'eu-west-3'")),
                arguments(
                        "broken signature",
                        FailureCode.UNEXPECTED_ANSWER,
                        s3Error(400, "AuthorizationHeaderMalformed", "malformed")),
                arguments(
                        "a page",
                        FailureCode.UNEXPECTED_ANSWER,
                        Canned.of(403, Map.of("Content-Type", "text/html"), "<html><body>No</body></html>")),
                arguments(
                        "a redirect to a page",
                        FailureCode.UNEXPECTED_ANSWER,
                        Canned.of(302, Map.of("Location", "http://127.0.0.1:1/"), "<html/>")),
                arguments("an error without body", FailureCode.UNEXPECTED_ANSWER, Canned.of(403, Map.of(), "")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("s3Answers")
    void classifiesWhatS3Answers(String what, FailureCode code, Canned answer) {
        assertThat(put(answer).code()).as(what).isEqualTo(code);
    }

    static Stream<Arguments> headAnswers() {
        Map<String, String> ids = Map.of("x-amz-request-id", "REQ1");
        Map<String, String> elsewhere = Map.of("x-amz-request-id", "REQ1", "x-amz-bucket-region", "eu-west-3");
        return Stream.of(
                arguments("refused", FailureCode.ACCESS_DENIED, Canned.of(403, ids, "")),
                arguments("no such bucket", FailureCode.NO_SUCH_BUCKET, Canned.of(404, ids, "")),
                arguments("another region", FailureCode.WRONG_REGION, Canned.of(301, elsewhere, "")),
                arguments("bad request", FailureCode.UNEXPECTED_ANSWER, Canned.of(400, ids, "")),
                arguments("unavailable", FailureCode.AWS_UNAVAILABLE, Canned.of(503, ids, "")),
                arguments("somebody else's refusal", FailureCode.UNEXPECTED_ANSWER, Canned.of(403, Map.of(), "")),
                arguments("somebody else's 404", FailureCode.UNEXPECTED_ANSWER, Canned.of(404, Map.of(), "")),
                arguments(
                        "somebody else's redirect",
                        FailureCode.UNEXPECTED_ANSWER,
                        Canned.of(301, Map.of("Location", "/"), "")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("headAnswers")
    void classifiesAnswersWithoutBody(String what, FailureCode code, Canned answer) {
        SERVER.answer(answer);
        assertThat(failure(() -> S3.headBucket(r -> r.bucket("acme")), AwsFailure::ofHead)
                        .code())
                .as(what)
                .isEqualTo(code);
    }

    static Stream<Arguments> stsAnswers() {
        return Stream.of(
                arguments(
                        "trust policy",
                        FailureCode.TRUST_POLICY_DENIED,
                        stsError(
                                403,
                                "AccessDenied",
                                USER + "sts:AssumeRole on resource: arn:aws:iam::222233334444:role/r")),
                arguments(
                        "no such key",
                        FailureCode.INVALID_ACCESS_KEY,
                        stsError(403, "InvalidClientTokenId", "The security token")),
                arguments(
                        "wrong secret",
                        FailureCode.SIGNATURE_MISMATCH,
                        stsError(403, "SignatureDoesNotMatch", "The request signature")),
                arguments(
                        "clock",
                        FailureCode.UNEXPECTED_ANSWER,
                        stsError(403, "SignatureDoesNotMatch", "Signature expired: 1 is now earlier than 2")),
                arguments(
                        "region off",
                        FailureCode.STS_REGION_DISABLED,
                        stsError(403, "RegionDisabledException", "STS is not activated")),
                arguments("throttled", FailureCode.THROTTLED, stsError(400, "Throttling", "Rate exceeded")),
                arguments(
                        "policy too large",
                        FailureCode.UNEXPECTED_ANSWER,
                        stsError(400, "PackedPolicyTooLarge", "Packed size")),
                arguments("unavailable", FailureCode.AWS_UNAVAILABLE, stsError(503, "ServiceUnavailable", "later")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("stsAnswers")
    void classifiesWhatStsAnswers(String what, FailureCode code, Canned answer) {
        SERVER.answer(answer);
        AwsFailure failure = failure(() -> STS.assumeRole(
                r -> r.roleArn("arn:aws:iam::222233334444:role/r").roleSessionName("s")));
        assertThat(failure.code()).as(what).isEqualTo(code);
        assertThat(failure.isPolicyRefused()).isEqualTo(what.equals("policy too large"));
        assertThat(failure.requestId()).contains("REQ1");
    }

    static Stream<Arguments> kmsAnswers() {
        return Stream.of(
                arguments(
                        "identity policy",
                        FailureCode.KMS_DENIED,
                        kmsError(
                                400,
                                "AccessDeniedException",
                                USER + "kms:Encrypt on resource: " + KEY
                                        + " because no identity-based policy allows the kms:Encrypt action")),
                arguments(
                        "key policy",
                        FailureCode.KMS_KEY_POLICY_DENIED,
                        kmsError(
                                400,
                                "AccessDeniedException",
                                USER + "kms:Encrypt on resource: " + KEY
                                        + " with an explicit deny in a resource-based policy")),
                arguments("no words", FailureCode.KMS_DENIED, kmsError(400, "AccessDeniedException", "")),
                arguments(
                        "disabled",
                        FailureCode.KMS_KEY_UNUSABLE,
                        kmsError(400, "DisabledException", KEY + " is disabled.")),
                arguments(
                        "gone", FailureCode.KMS_KEY_UNUSABLE, kmsError(400, "NotFoundException", "Key does not exist")),
                arguments("throttled", FailureCode.THROTTLED, kmsError(400, "ThrottlingException", "Rate exceeded")),
                arguments("internal", FailureCode.AWS_UNAVAILABLE, kmsError(500, "KMSInternalException", "")),
                arguments(
                        "dry run",
                        FailureCode.UNEXPECTED_ANSWER,
                        kmsError(412, "DryRunOperationException", "would have succeeded")),
                arguments(
                        "a page",
                        FailureCode.UNEXPECTED_ANSWER,
                        Canned.of(403, Map.of("Content-Type", "text/html"), "<html/>")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("kmsAnswers")
    void classifiesWhatKmsAnswers(String what, FailureCode code, Canned answer) {
        SERVER.answer(answer);
        AwsFailure failure = failure(() -> KMS.generateDataKey(r -> r.keyId(KEY).keySpec("AES_256")));
        assertThat(failure.code()).as(what).isEqualTo(code);
        assertThat(failure.isDryRunSuccess()).isEqualTo(what.equals("dry run"));
    }

    @Test
    void readsActionAndResourceFromTheSentence() {
        Denial denial = put(denied("s3:PutObject", "because no identity-based policy allows the s3:PutObject action"))
                .denial()
                .orElseThrow();
        assertThat(denial.action()).contains("s3:PutObject");
        assertThat(denial.resource()).contains("arn:aws:s3:::acme/plant-7/.sea-validation");
        assertThat(denial.isBare()).isFalse();
    }

    @Test
    void readsTheKeyFromARefusalOfKms() {
        AwsFailure failure = put(s3Error(
                403,
                "AccessDenied",
                USER + "kms:GenerateDataKey on resource: " + KEY
                        + " because no identity-based policy allows the kms:GenerateDataKey action"));
        assertThat(failure.denial().flatMap(Denial::resource)).contains(KEY);
    }

    @Test
    void tellsTheRightRegionFromHeaderOrSentence() {
        assertThat(put(Canned.of(
                                301,
                                Map.of("x-amz-request-id", "1", "x-amz-bucket-region", "eu-west-3"),
                                "<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>"))
                        .bucketRegion())
                .contains("eu-west-3");
        assertThat(put(s3Error(
                                400,
                                "AuthorizationHeaderMalformed",
                                "the region 'us-east-1' is wrong; expecting 'eu-west-3'"))
                        .bucketRegion())
                .contains("eu-west-3");
        assertThat(put(s3Error(
                                400,
                                "IllegalLocationConstraintException",
                                "The eu-west-3 location constraint is incompatible for the region specific endpoint"))
                        .bucketRegion())
                .contains("eu-west-3");
    }

    @Test
    void anErrorThatStopsHalfWayTeachesNothing() {
        assertThat(put(s3Error(403, "AccessDenied", "Access Denied").truncated())
                        .isUnlearned())
                .isTrue();
    }

    @Test
    void anAddressWhereNobodyListensIsUnavailable() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (S3Client lost =
                with(S3Client.builder(), nowhere).forcePathStyle(true).build()) {
            assertThat(failure(() -> lost.headBucket(r -> r.bucket("acme"))).code())
                    .isEqualTo(FailureCode.AWS_UNAVAILABLE);
        }
    }

    @Test
    void anAnswerThatIsNoHttpTeachesNothingAndIsNoFaultOfOurs() {
        try (RawServer server = new RawServer("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                S3Client s3 = with(S3Client.builder(), server.address())
                        .forcePathStyle(true)
                        .build();
                KmsClient kms = with(KmsClient.builder(), server.address()).build();
                StsClient sts = with(StsClient.builder(), server.address()).build()) {
            for (Runnable call : List.<Runnable>of(
                    () -> s3.headBucket(r -> r.bucket("acme")),
                    () -> s3.putObject(r -> r.bucket("acme").key("k"), RequestBody.fromString("x")),
                    () -> kms.describeKey(r -> r.keyId(KEY)),
                    sts::getCallerIdentity)) {
                assertThat(failure(call).code()).isEqualTo(FailureCode.AWS_UNAVAILABLE);
                assertThat(failure(call, AwsFailure::ofOurOwn).code()).isEqualTo(FailureCode.AWS_UNAVAILABLE);
            }
        }
    }

    @Test
    void passesOnNothingOfABody() {
        AwsFailure failure =
                put(Canned.of(403, Map.of("Content-Type", "text/html"), "<html>secret-of-the-proxy</html>"));
        assertThat(failure.toString()).doesNotContain("secret-of-the-proxy");
        assertThat(failure.denial()).isEqualTo(Optional.empty());
    }

    private static Canned denied(String action, String why) {
        return s3Error(403, "AccessDenied", USER + action + ON_OBJECT + " " + why);
    }

    private static AwsFailure put(Canned answer) {
        SERVER.answer(answer);
        return failure(() -> S3.putObject(r -> r.bucket("acme").key("k"), RequestBody.fromString("x")));
    }

    private static AwsFailure failure(Runnable call) {
        return failure(call, AwsFailure::of);
    }

    private static AwsFailure failure(Runnable call, Function<RuntimeException, AwsFailure> classifier) {
        try {
            call.run();
        } catch (RuntimeException e) {
            return classifier.apply(e);
        }
        throw new AssertionError("the call succeeded");
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B with(B builder, URI endpoint) {
        return builder.region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(endpoint)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(
                        o -> o.retryStrategy(r -> r.maxAttempts(1)).apiCallTimeout(Duration.ofSeconds(5)));
    }
}
