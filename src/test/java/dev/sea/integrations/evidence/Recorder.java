package dev.sea.integrations.evidence;

import dev.sea.integrations.Sha256;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.grant.GrantId;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Monitored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** A recorder of SEA's: has grants for objects of its own, stores them or not, and reports. */
public final class Recorder {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final String CONTENT = "a recording";

    private static final Random RANDOM = new Random();

    private final Monitored integration;
    private final GrantStore grants;
    private final Gateway workflow;

    public Recorder(Monitored integration, GrantStore grants) {
        this.integration = integration;
        this.grants = grants;
        this.workflow = Gateway.workflow(integration.tenant());
    }

    Gateway workflow() {
        return workflow;
    }

    /** A grant for a key that no other grant has. */
    public RecordGrant granted(Instant now) {
        return granted(now, new ObjectKey("2026/" + RANDOM.nextInt(1_000_000_000) + ".mp4"));
    }

    RecordGrant granted(Instant now, ObjectKey key) {
        RecordGrant grant = grant(
                new Tenant(integration.tenant()),
                new IntegrationId(integration.id()),
                key,
                new AwsRegion(integration.customer().region()),
                new BucketName(integration.customer().name("bucket")),
                now.truncatedTo(ChronoUnit.MILLIS));
        grants.put(grant);
        return grant;
    }

    /** A grant to record {@link #CONTENT}. Nothing is stored. */
    static RecordGrant grant(
            Tenant tenant,
            IntegrationId integration,
            ObjectKey key,
            AwsRegion region,
            BucketName bucket,
            Instant made) {
        return new RecordGrant(
                tenant,
                integration,
                GrantId.next(made, RANDOM),
                key,
                CONTENT.getBytes(StandardCharsets.UTF_8).length,
                ContentSha256.of(Sha256.bytes(CONTENT)),
                new ContentType("video/mp4"),
                1,
                1,
                new ObjectLocation(region, bucket, key.value(), Optional.empty(), Optional.empty()),
                made,
                made.plus(LIFETIME),
                "recorder-7");
    }

    /** Stores what was granted. */
    public void stores(RecordGrant grant) {
        stores(grant, CONTENT);
    }

    public void stores(RecordGrant grant, String content) {
        s3().putObject(
                        request -> request.bucket(grant.location().bucket().value())
                                .key(grant.location().key())
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                        RequestBody.fromString(content));
    }

    S3Client s3() {
        return Account.CUSTOMER.s3(integration.customer().region());
    }

    Customer customer() {
        return integration.customer();
    }

    public Gateway.Answer reportsStored(RecordGrant grant) {
        return reports(grant, "{\"result\": \"STORED\"}");
    }

    public Gateway.Answer reportsFailed(RecordGrant grant, int httpStatus, String errorCode) {
        return reports(grant, """
                {"result": "FAILED", "httpStatus": %d, "errorCode": "%s"}""".formatted(httpStatus, errorCode));
    }

    public Gateway.Answer reports(RecordGrant grant, String body) {
        return workflow.post(integration.path() + "/grants/" + grant.id() + "/outcome", body);
    }
}
