package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.sts.StsClient;

/** What the holder of credentials can do, and what not. The bucket encrypts with a KMS key. */
@QuarkusTest
class CredentialsTest {
    private static final byte[] CONTENT = "a recording".getBytes(StandardCharsets.UTF_8);

    private static Monitored integration;
    private static Customer customer;
    private static Recorder recorder;

    @BeforeAll
    static void setUp() {
        customer = new Customer()
                .withBucket()
                .withKey()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        integration = Monitored.active(customer);
        recorder = new Recorder(integration);
    }

    @Test
    void aRecorderStoresItsObjectAlsoInPartsAndNothingElse() {
        JsonNode grant = granted(Recorder.recording("2026/a.mp4", CONTENT));
        JsonNode credentials = grant.path("credentials");
        assertThat(grant.has("request")).isFalse();
        assertThat(credentials.path("key").asText()).isEqualTo("2026/a.mp4");
        assertThat(credentials.path("bucket").asText()).isEqualTo(customer.name("bucket"));
        assertThat(credentials.path("region").asText()).isEqualTo("us-east-1");
        assertThat(credentials.path("expectedBucketOwner").asText()).isEqualTo(Account.CUSTOMER.id());
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(grant.path("expiresAt").asText())))
                .isBetween(Duration.ofSeconds(880), Duration.ofSeconds(901));
        assertThat(new StoredData(integration.tenant())
                        .items("GRANT#" + integration.id() + "#"
                                + grant.path("id").asText()))
                .hasSize(1);
        try (S3Client s3 = s3(credentials)) {
            put(s3, "2026/a.mp4");
            putInParts(s3, "2026/a.mp4");
            denied(() -> put(s3, "2026/b.mp4"));
            denied(() -> put(s3, "2026/a.mp4x"));
            denied(() -> put(s3, ".sea-validation"));
            denied(() -> get(s3, "2026/a.mp4"));
            denied(() -> list(s3));
            denied(() -> s3.deleteObject(request -> request.bucket(bucket()).key("2026/a.mp4")));
            denied(s3::listBuckets);
        }
    }

    @Test
    void aPlayerReadsItsObjectAndNothingElse() {
        for (String key : List.of("played", "other")) {
            recorder.toStore(key, CONTENT).send(CONTENT);
        }
        try (S3Client s3 = s3(granted(Recorder.playback("played")).path("credentials"))) {
            assertThat(get(s3, "played")).isEqualTo(CONTENT);
            denied(() -> get(s3, "other"));
            denied(() -> put(s3, "played"));
            denied(() -> list(s3));
            denied(() -> s3.getObjectTagging(request -> request.bucket(bucket()).key("played")));
        }
    }

    @Test
    void theKeyServesThroughS3Only() {
        for (ObjectNode body : List.of(Recorder.recording("kms", CONTENT), Recorder.playback("kms"))) {
            JsonNode credentials = granted(body).path("credentials");
            try (KmsClient kms = KmsClient.builder()
                    .endpointOverride(LocalAws.endpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(provider(credentials))
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .build()) {
                denied(() -> kms.generateDataKey(
                        request -> request.keyId(customer.name("keyArn")).keySpec(DataKeySpec.AES_256)));
                denied(() -> kms.encrypt(
                        request -> request.keyId(customer.name("keyArn")).plaintext(SdkBytes.fromUtf8String("x"))));
            }
        }
    }

    @Test
    void theyAssumeNoOtherRole() {
        JsonNode credentials = granted(Recorder.playback("a")).path("credentials");
        try (StsClient sts = StsClient.builder()
                .endpointOverride(LocalAws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(provider(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            denied(() -> sts.assumeRole(request -> request.roleArn(customer.name("roleArn"))
                    .externalId(customer.name("externalId"))
                    .roleSessionName("again")));
        }
    }

    @Test
    void nobodyGetsTheSameOnesTwice() {
        long since = System.currentTimeMillis();
        String first =
                granted(Recorder.playback("a")).at("/credentials/sessionToken").asText();
        String second =
                granted(Recorder.playback("a")).at("/credentials/sessionToken").asText();
        new Recorder.Granted(recorder.granted(Recorder.playback("a")));

        assertThat(first).isNotEqualTo(second);
        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole", "roleArn", customer.name("roleArn"))))
                .hasSizeBetween(2, 3);
    }

    @Test
    void aKeyThatNoPolicyNamesExactlyHasNone() {
        for (String key : List.of("ш.mp4", "*".repeat(600))) {
            Gateway.Answer answer = recorder.ask(Recorder.playback(key).put("form", "CREDENTIALS"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(409);
            assertThat(answer.json().path("type").asText()).endsWith(":grant-form-unavailable");
            assertThat(recorder.ask(Recorder.playback(key)).status()).isEqualTo(201);
        }
    }

    /** AWS publishes no limit for what it makes of a policy. */
    @Test
    void aPolicyThatStsFindsTooLargeIsNoneEither() {
        try (var _ = LocalAws.error(
                400, "PackedPolicyTooLarge", "sts", "AssumeRole", Map.of("roleArn", customer.name("roleArn")), 1)) {
            Gateway.Answer answer = recorder.ask(Recorder.playback("a").put("form", "CREDENTIALS"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(409);
            assertThat(answer.json().path("type").asText()).endsWith(":grant-form-unavailable");
        }
    }

    private static JsonNode granted(ObjectNode body) {
        return recorder.granted(body.put("form", "CREDENTIALS"));
    }

    private static AwsCredentialsProvider provider(JsonNode credentials) {
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                credentials.path("accessKeyId").asText(),
                credentials.path("secretAccessKey").asText(),
                credentials.path("sessionToken").asText()));
    }

    private static S3Client s3(JsonNode credentials) {
        return S3Client.builder()
                .endpointOverride(LocalAws.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(provider(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static void put(S3Client s3, String key) {
        s3.putObject(
                request -> request.bucket(bucket()).key(key).expectedBucketOwner(Account.CUSTOMER.id()),
                RequestBody.fromBytes(CONTENT));
    }

    private static void putInParts(S3Client s3, String key) {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(bucket()).key(key))
                .uploadId();
        String tag = s3.uploadPart(
                        request -> request.bucket(bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromBytes(CONTENT))
                .eTag();
        s3.completeMultipartUpload(request -> request.bucket(bucket())
                .key(key)
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(
                        CompletedPart.builder().partNumber(1).eTag(tag).build())));
    }

    private static byte[] get(S3Client s3, String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket()).key(key)).asByteArray();
    }

    private static void list(S3Client s3) {
        s3.listObjectsV2(request -> request.bucket(bucket()));
    }

    private static String bucket() {
        return customer.name("bucket");
    }

    private static void denied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SdkServiceException.class,
                        refused -> assertThat(refused.statusCode()).isBetween(400, 403))
                .hasMessageMatching("(?s).*(not authorized|Access ?Denied|Forbidden).*");
    }
}
