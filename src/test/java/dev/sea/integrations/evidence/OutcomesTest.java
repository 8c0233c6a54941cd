package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

@QuarkusTest
class OutcomesTest {
    private static final int FOR_GOOD = 1_000;

    @Inject
    GrantStore grants;

    @Inject
    TestClock clock;

    private Monitored integration;

    @BeforeEach
    void anIntegration() {
        integration = Monitored.active(Customer.healthy());
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void whatIsStoredGetsAReceipt() {
        Recorder recorder = recorder();
        recorder.s3()
                .putBucketVersioning(
                        request -> request.bucket(integration.customer().name("bucket"))
                                .versioningConfiguration(versions -> versions.status("Enabled")));
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);

        Gateway.Answer answer = recorder.reportsStored(grant);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode told = answer.json();
        assertThat(told.path("id").asText()).isEqualTo(grant.id().value());
        assertThat(told.path("state").asText()).isEqualTo("STORED");
        assertThat(told.path("key").asText()).isEqualTo(grant.key().value());
        JsonNode receipt = told.path("receipt");
        assertThat(receipt.path("size").asLong()).isEqualTo(Recorder.CONTENT.length());
        assertThat(receipt.path("sha256").asText()).isEqualTo(grant.sha256().value());
        assertThat(receipt.path("eTag").asText()).isNotEmpty();
        assertThat(receipt.path("versionId").asText()).isNotEmpty();
        assertThat(receipt.path("provedAt").asText())
                .isEqualTo(told.path("settledAt").asText());
        assertThat(answer.text()).doesNotContain("X-Amz").doesNotContain("https://");
    }

    @Test
    void aReportMayBeRepeatedAndCountsOnce() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        JsonNode first = recorder.reportsStored(grant).json();
        clock.advance(Duration.ofMinutes(2));

        assertThat(recorder.reportsStored(grant).json()).isEqualTo(first);
        assertThat(recorder.reportsFailed(grant, 500, "InternalError").json()).isEqualTo(first);

        assertThat(totals().path("stored").asInt()).isEqualTo(1);
        assertThat(totals().path("bytes").asInt()).isEqualTo(Recorder.CONTENT.length());
        assertThat(totals().path("failed").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"another recording,'size,sha256'", "b recording,sha256"})
    void anotherObjectIsNoReceiptButAMissingRecording(String content, String differences) {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant, content);

        Gateway.Answer answer = recorder.reportsStored(grant);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:receipt-mismatch");
        assertThat(answer.json().path("differences").valueStream().map(JsonNode::asText))
                .containsExactly(differences.split(","));
        recorder.stores(grant);
        assertThat(withoutRequest(recorder.reportsStored(grant)))
                .as("what S3 has shown stands")
                .isEqualTo(withoutRequest(answer));
        assertThat(totals().path("missing").asInt()).isEqualTo(1);
        assertThat(totals().path("stored").asInt()).isZero();
        JsonNode event = events("Recording Missing").getFirst();
        assertThat(event.path("grant").asText()).isEqualTo(grant.id().value());
        assertThat(event.path("reason").asText()).isEqualTo("MISMATCH");
    }

    @Test
    void anObjectWithoutItsChecksumIsAnotherOne() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.s3()
                .putObject(
                        request -> request.bucket(grant.location().bucket().value())
                                .key(grant.location().key())
                                .checksumAlgorithm("CRC32"),
                        RequestBody.fromString(Recorder.CONTENT));

        assertThat(recorder.reportsStored(grant).status()).isEqualTo(422);
    }

    /** With credentials, a recorder may upload in parts. S3 then keeps no SHA-256 of the whole. */
    @Test
    void ofAnObjectInPartsTheSizeIsCompared() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        String bucket = grant.location().bucket().value();
        String key = grant.location().key();
        String upload = recorder.s3()
                .createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
        String eTag = recorder.s3()
                .uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                        RequestBody.fromString(Recorder.CONTENT))
                .eTag();
        recorder.s3()
                .completeMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(parts -> parts.parts(
                                CompletedPart.builder().partNumber(1).eTag(eTag).build())));

        Gateway.Answer answer = recorder.reportsStored(grant);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/receipt/sha256").isNull()).isTrue();
        assertThat(answer.json().at("/receipt/size").asInt()).isEqualTo(Recorder.CONTENT.length());
    }

    @Test
    void whatIsNotThereMayStillBeStored() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());

        Gateway.Answer answer = recorder.reportsStored(grant);

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:recording-not-found");
        assertThat(totals().path("open").asInt()).isEqualTo(1);
        recorder.stores(grant);
        assertThat(recorder.reportsStored(grant).status()).isEqualTo(200);
        assertThat(totals().path("open").asInt()).isZero();
    }

    @Test
    void aFailureIsTakenDownAndAProofReplacesIt() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());

        Gateway.Answer failed = recorder.reportsFailed(grant, 403, "AccessDenied");

        assertThat(failed.status()).as(failed.text()).isEqualTo(200);
        assertThat(failed.json().path("state").asText()).isEqualTo("FAILED");
        assertThat(failed.json().path("httpStatus").asInt()).isEqualTo(403);
        assertThat(failed.json().path("errorCode").asText()).isEqualTo("AccessDenied");
        assertThat(failed.json().path("receipt").isNull()).isTrue();
        assertThat(recorder.reportsFailed(grant, 403, "AccessDenied").json()).isEqualTo(failed.json());
        assertThat(totals().path("failed").asInt()).isEqualTo(1);
        recorder.stores(grant);
        assertThat(recorder.reportsStored(grant).json().path("state").asText()).isEqualTo("STORED");
        assertThat(totals().path("failed").asInt()).isZero();
        assertThat(totals().path("stored").asInt()).isEqualTo(1);
        assertThat(totals().path("granted").asInt()).isEqualTo(1);
    }

    @Test
    void anObjectThatS3DidNotOverwriteIsTheRecordingIfItIsEqual() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);

        Gateway.Answer answer = recorder.reportsFailed(grant, 412, "PreconditionFailed");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("STORED");
        assertThat(totals().path("stored").asInt()).isEqualTo(1);
    }

    @Test
    void anotherObjectThatS3DidNotOverwriteIsAConflict() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant, "somebody else's");

        Gateway.Answer answer = recorder.reportsFailed(grant, 412, "PreconditionFailed");

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:recording-conflict");
        assertThat(withoutRequest(recorder.reportsFailed(grant, 412, "PreconditionFailed")))
                .isEqualTo(withoutRequest(answer));
        assertThat(withoutRequest(recorder.reportsStored(grant))).isEqualTo(withoutRequest(answer));
        assertThat(totals().path("failed").asInt()).isEqualTo(1);
        assertThat(events("Recording Missing")).isEmpty();
    }

    @Test
    void whereSeaMayNotLookTheGrantStaysOpen() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        integration.customer().withPermissions(Customer.PERMISSIONS.replace("\"s3:GetObject\", ", ""));

        Gateway.Answer answer = recorder.reportsStored(grant);

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:recording-unseen");
        assertThat(totals().path("open").asInt()).isEqualTo(1);
        integration.customer().withPermissions(Customer.PERMISSIONS);
        assertThat(recorder.reportsStored(grant).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "503", "reset", "html"})
    void whereS3DoesNotAnswerTheGrantStaysOpen(String kind) {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        try (LocalAws.Fault _ = LocalAws.fault(
                kind,
                "s3",
                "HeadObject",
                Map.of("bucket", integration.customer().name("bucket")),
                FOR_GOOD)) {
            Gateway.Answer answer = recorder.reportsStored(grant);

            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:recording-unconfirmed");
            assertThat(answer.header("Retry-After")).isEqualTo("10");
        }
        assertThat(recorder.reportsStored(grant).status()).isEqualTo(200);
    }

    @Test
    void anotherTenantsExternalIdIsNotUsed() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        integration.claimedBy("somebody-else");
        long since = System.currentTimeMillis();

        assertThat(recorder.reportsStored(grant).status()).isEqualTo(409);
        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole"))).isEmpty();
    }

    @Test
    void itLooksWhereTheGrantWas() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        long since = System.currentTimeMillis();

        recorder.reportsStored(grant);

        List<LocalAws.Call> heads = LocalAws.calls(since, Map.of("operation", "HeadObject"));
        assertThat(heads).hasSize(1);
        assertThat(heads.getFirst().facts().path("bucket").asText())
                .isEqualTo(grant.location().bucket().value());
    }

    @Test
    void withAStoredKeyItIsTheSame() {
        Monitored withKeys =
                Monitored.activeWithKeys(new Customer().withBucket().withUser(Customer.PERMISSIONS));
        Recorder recorder = new Recorder(withKeys, grants);
        RecordGrant grant = recorder.granted(clock.instant());

        assertThat(recorder.reportsStored(grant).status()).isEqualTo(409);
        recorder.stores(grant);
        assertThat(recorder.reportsStored(grant).status()).isEqualTo(200);
    }

    /** S3 says 403 of what does not exist where a condition on the prefix limits the listing. */
    @Test
    void aRoleThatMayListOneFolderOnlyTellsWhatIsNotThere() {
        integration.customer().withPermissions("""
                {"Version": "2012-10-17", "Statement": [
                 {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${bucket}",
                  "Condition": {"StringLike": {"s3:prefix": "2026/*"}}},
                 {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject"],
                  "Resource": "arn:aws:s3:::${bucket}/*"}]}""");
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());

        Gateway.Answer answer = recorder.reportsStored(grant);

        assertThat(answer.json().path("type").asText())
                .as(answer.text())
                .isEqualTo("urn:sea:problem:recording-not-found");
        recorder.stores(grant);
        assertThat(recorder.reportsStored(grant).status()).isEqualTo(200);
    }

    @Test
    void anObjectUnderAKmsKeyIsProvedToo() {
        Customer customer = new Customer()
                .withBucket()
                .withKey()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        Monitored encrypted = Monitored.active(customer);
        Recorder recorder = new Recorder(encrypted, grants);
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);

        Gateway.Answer answer = recorder.reportsStored(grant);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/receipt/sha256").asText())
                .isEqualTo(grant.sha256().value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                | /result     | REQUIRED
                    {"result": "LOST"}                                | /result     | RESULT
                    {"result": "FAILED", "httpStatus": 99}            | /httpStatus | OUT_OF_RANGE
                    {"result": "FAILED", "errorCode": "a b"}          | /errorCode  | ERRORCODE
                    {"result": "FAILED", "url": "https://example"}    | /url        | UNKNOWN_MEMBER""")
    void whatBreaksARuleIsNamed(String body, String field, String code) {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());

        Gateway.Answer answer = recorder.reports(grant, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo(code);
    }

    @Test
    void ofAnotherTenantNothingIsToldOrChanged() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        Recorder other = new Recorder(Monitored.active(Customer.healthy()), grants);
        String stored = "{\"result\": \"STORED\"}";
        String grantOfOther = "/grants/" + other.granted(clock.instant()).id() + "/outcome";

        assertThat(other.workflow()
                        .post(integration.path() + "/grants/" + grant.id() + "/outcome", stored)
                        .status())
                .isEqualTo(404);
        assertThat(other.workflow().get(integration.path() + "/grants").status())
                .isEqualTo(404);
        assertThat(other.workflow().get(integration.path() + "/evidence").status())
                .isEqualTo(404);
        assertThat(recorder.workflow()
                        .post(integration.path() + grantOfOther, stored)
                        .status())
                .isEqualTo(404);
        assertThat(recorder.workflow()
                        .post(integration.path() + "/grants/none/outcome", stored)
                        .status())
                .isEqualTo(404);
        assertThat(totals().path("open").asInt()).isEqualTo(1);
    }

    @Test
    void administratorsReadAndReportNothing() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        for (Gateway caller : List.of(Gateway.admin(integration.tenant()), Gateway.reader(integration.tenant()))) {
            assertThat(caller.get(integration.path() + "/evidence").status()).isEqualTo(200);
            assertThat(caller.get(integration.path() + "/grants").status()).isEqualTo(200);
            assertThat(caller.post(
                                    integration.path() + "/grants/" + grant.id() + "/outcome",
                                    "{\"result\": \"STORED\"}")
                            .status())
                    .isEqualTo(403);
        }
    }

    private Recorder recorder() {
        return new Recorder(integration, grants);
    }

    /** Of two days, since a test may begin on one and end on the next. */
    private JsonNode totals() {
        return integration
                .admin()
                .get(integration.path() + "/evidence?days=2")
                .json()
                .path("totals");
    }

    private List<JsonNode> events(String detailType) {
        return LocalAws.events(integration.id(), detailType);
    }

    /** A problem without what is another in each answer. */
    private static JsonNode withoutRequest(Gateway.Answer answer) {
        return ((ObjectNode) answer.json()).without("requestId");
    }
}
