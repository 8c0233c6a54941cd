package dev.sea.integrations.probe;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.PresignedCalls;
import dev.sea.integrations.client.PresignedUrls;
import dev.sea.integrations.integration.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The requests to S3 of one validation, one a method. {@link S3Calls} decides which are made, and what their answers prove.
 * The parameter {@code expectedOwner} is an account ID; with null the request names no owner.
 */
final class S3Requests {
    /** Nearly as old as a URL of SEA's can be while it is used, so that a policy on the age of signatures shows. */
    private static final Duration AGE = PresignedUrls.USUAL.minusSeconds(10);

    private static final byte[] CONTENT =
            "Cisco SEA writes and reads this object to prove its access.\n".getBytes(StandardCharsets.UTF_8);

    private final S3Client s3;
    private final Target target;
    private final AwsRequestOverrideConfiguration credentials;
    private final AwsRequestOverrideConfiguration justSigned;
    private final AwsRequestOverrideConfiguration signedBefore;

    S3Requests(S3Client s3, Target target, Session session) {
        this.s3 = s3;
        this.target = target;
        this.credentials = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(session.credentials())
                .build();
        this.justSigned = presigned(Duration.ZERO);
        this.signedBefore = presigned(AGE);
    }

    private AwsRequestOverrideConfiguration presigned(Duration age) {
        return credentials.toBuilder().addPlugin(new PresignedCalls(age)).build();
    }

    /** How a request is signed. */
    enum Signing {
        /** By the header {@code Authorization}. */
        HEADER,
        /** By a presigned URL, signed just now. */
        URL,
        /** By a presigned URL that was signed as long ago as SEA's URLs are valid. */
        OLD_URL
    }

    /** What was read, and whether it is what {@link #put} writes. */
    record Read(GetObjectResponse response, boolean asWritten) {}

    Answer<HeadBucketResponse> head(@Nullable String expectedOwner) {
        return Answer.to(
                () -> s3.headBucket(r ->
                        r.bucket(bucket()).expectedBucketOwner(expectedOwner).overrideConfiguration(credentials)),
                Function.identity(),
                _ -> true,
                AwsFailure::ofHead);
    }

    /** Always sends the prefix, even an empty one: a condition on s3:prefix fails if the parameter is missing. */
    Answer<ListObjectsV2Response> list(@Nullable String expectedOwner) {
        return Answer.to(
                () -> s3.listObjectsV2(r -> r.bucket(bucket())
                        .prefix(target.prefix().value())
                        .maxKeys(1)
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(credentials)),
                response -> bucket().equals(response.name()));
    }

    Answer<PutObjectResponse> put(@Nullable String expectedOwner, boolean onlyIfMissing) {
        return Answer.to(
                () -> s3.putObject(putRequest(expectedOwner, onlyIfMissing), RequestBody.fromBytes(CONTENT)),
                response -> response.eTag() != null);
    }

    private PutObjectRequest putRequest(@Nullable String expectedOwner, boolean onlyIfMissing) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket())
                .key(key())
                .contentType("text/plain")
                .expectedBucketOwner(expectedOwner)
                .overrideConfiguration(credentials);
        target.kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key.value()));
        if (onlyIfMissing) {
            request.ifNoneMatch("*");
        }
        return request.build();
    }

    /** @param written whether the content must be what {@link #put} writes */
    Answer<Read> get(@Nullable String expectedOwner, boolean written, Signing signing) {
        Supplier<Read> call = () -> s3.getObject(
                r -> r.bucket(bucket())
                        .key(key())
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(configuration(signing)),
                (response, body) -> new Read(response, isContent(body)));
        return Answer.to(
                call,
                Read::response,
                read -> read.response().eTag() != null && (read.asWritten() || !written),
                AwsFailure::of);
    }

    private AwsRequestOverrideConfiguration configuration(Signing signing) {
        return switch (signing) {
            case HEADER -> credentials;
            case URL -> justSigned;
            case OLD_URL -> signedBefore;
        };
    }

    Answer<GetObjectTaggingResponse> tagging(@Nullable String expectedOwner) {
        return Answer.to(
                () -> s3.getObjectTagging(r -> r.bucket(bucket())
                        .key(key())
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(credentials)),
                GetObjectTaggingResponse::hasTagSet);
    }

    /** Needs s3:ListAllMyBuckets. */
    Answer<ListBucketsResponse> listBuckets() {
        return Answer.to(
                () -> s3.listBuckets(r -> r.maxBuckets(1).overrideConfiguration(credentials)),
                response -> response.owner() != null || response.hasBuckets());
    }

    private String bucket() {
        return target.bucket().value();
    }

    private String key() {
        return S3Calls.key(target);
    }

    /** Reads at most one byte more than it expects, however long the object is. */
    private static boolean isContent(InputStream body) throws IOException {
        return Arrays.equals(CONTENT, body.readNBytes(CONTENT.length + 1));
    }
}
