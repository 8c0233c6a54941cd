package dev.sea.integrations.simulation.aws;

import dev.sea.integrations.simulation.aws.S3Bucket.StoredObject;
import dev.sea.integrations.simulation.aws.StsModel.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * S3 in one Region, in memory, as far as the service uses it: objects in one piece, of which the newest version is read, in
 * buckets whose owners give each user and role its rights by name.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a>
 */
public final class S3Model implements S3Client {
    public static final String LIST = "s3:ListBucket";
    public static final String GET = "s3:GetObject";
    public static final String PUT = "s3:PutObject";
    public static final String TAGGING = "s3:GetObjectTagging";
    static final String LIST_BUCKETS = "s3:ListAllMyBuckets";

    private static final int MOST_KEYS = 1000;

    private static final S3Utilities UTILITIES =
            S3Utilities.builder().region(Region.of(S3Access.REGION)).build();

    private final InstantSource time;
    private final Map<String, S3Bucket> buckets = new TreeMap<>();
    private final S3Access access;

    public S3Model(InstantSource time, StsModel sts, KmsModel kms) {
        this.time = time;
        this.access = new S3Access(sts, kms, buckets);
    }

    /** Makes a bucket that is empty and unversioned. */
    public S3Bucket addBucket(String name, String account) {
        S3Bucket bucket = new S3Bucket(name, account);
        buckets.put(name, bucket);
        return bucket;
    }

    void removeBucket(String name) {
        buckets.remove(name);
    }

    /**
     * Gives a user or role rights to a bucket and all its objects.
     *
     * @param owner the ARN of the user or role
     * @param actions {@link #LIST}, {@link #GET}, {@link #PUT}, {@link #TAGGING}
     */
    public void allow(String owner, String bucket, String... actions) {
        List.of(actions).forEach(action -> access.give(owner, bucket, action));
    }

    /** Takes rights away. */
    public void refuse(String owner, String bucket, String... actions) {
        List.of(actions).forEach(action -> access.take(owner, bucket, action));
    }

    /** Lets a user or role list the buckets of its account. */
    void allowListBuckets(String owner) {
        access.give(owner, "", LIST_BUCKETS);
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        S3Access.Call call = access.call(request, request.bucket(), request.expectedBucketOwner(), true);
        call.demand(LIST, "");
        HeadBucketResponse.Builder answer = HeadBucketResponse.builder().bucketRegion(S3Access.REGION);
        AwsErrors.answer(answer).sdkHttpResponse(S3Access.withRegion(200));
        return answer.build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        S3Access.Call call = access.call(request, request.bucket(), request.expectedBucketOwner(), false);
        call.demand(LIST, "");
        String prefix = request.prefix() == null ? "" : request.prefix();
        int most = request.maxKeys() == null ? MOST_KEYS : Math.min(MOST_KEYS, request.maxKeys());
        String after = request.continuationToken() == null
                ? ""
                : new String(HexFormat.of().parseHex(request.continuationToken()), StandardCharsets.UTF_8);
        List<S3Object> found = call.bucket().objects().tailMap(after, false).entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .limit(most + 1L)
                .map(object -> listed(object.getKey(), object.getValue()))
                .toList();
        boolean truncated = most > 0 && found.size() > most;
        List<S3Object> shown = found.size() > most ? found.subList(0, most) : found;
        return AwsErrors.answer(ListObjectsV2Response.builder()
                        .name(request.bucket())
                        .prefix(prefix)
                        .maxKeys(most)
                        .keyCount(shown.size())
                        .contents(shown)
                        .encodingType(request.encodingTypeAsString())
                        .continuationToken(request.continuationToken())
                        .isTruncated(truncated)
                        .nextContinuationToken(
                                truncated
                                        ? HexFormat.of()
                                                .formatHex(shown.getLast().key().getBytes(StandardCharsets.UTF_8))
                                        : null))
                .build();
    }

    private static S3Object listed(String key, StoredObject object) {
        return S3Object.builder()
                .key(key)
                .size((long) object.content().asByteArrayUnsafe().length)
                .eTag(object.eTag())
                .lastModified(object.writtenAt())
                .storageClass("STANDARD")
                .build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        S3Access.Call call = access.call(request, request.bucket(), request.expectedBucketOwner(), false);
        call.demand(PUT, request.key());
        Optional<String> key = Optional.ofNullable(request.ssekmsKeyId()).or(call.bucket()::key);
        key.ifPresent(arn -> call.demandKey(arn, "kms:GenerateDataKey"));
        if (request.ifNoneMatch() != null && call.bucket().objects().containsKey(request.key())) {
            throw S3Access.refused(
                    412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", false);
        }
        StoredObject stored = call.bucket()
                .put(
                        request.key(),
                        content(body),
                        request.contentType() == null ? "binary/octet-stream" : request.contentType(),
                        Optional.ofNullable(request.checksumSHA256()),
                        key,
                        time.instant());
        return AwsErrors.answer(PutObjectResponse.builder()
                        .eTag(stored.eTag())
                        .versionId(stored.version().orElse(null))
                        .checksumSHA256(stored.sha256().orElse(null))
                        .expiration(call.bucket().expiration())
                        .serverSideEncryption(encryption(stored))
                        .ssekmsKeyId(stored.kmsKey().orElse(null)))
                .build();
    }

    private static byte[] content(RequestBody body) {
        try (var stream = body.contentStreamProvider().newStream()) {
            return stream.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ServerSideEncryption encryption(StoredObject object) {
        return object.kmsKey().isPresent() ? ServerSideEncryption.AWS_KMS : ServerSideEncryption.AES256;
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        S3Access.Call call = access.call(request, request.bucket(), request.expectedBucketOwner(), false);
        StoredObject object = call.object(request.key(), GET);
        if (object.kmsKey().isPresent() && call.principal() == null) {
            throw S3Access.refused(
                    400,
                    "InvalidArgument",
                    "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
                    false);
        }
        object.kmsKey().ifPresent(arn -> call.demandKey(arn, "kms:Decrypt"));
        GetObjectResponse.Builder answer = SdkFields.copied(
                described(call.bucket(), object, request.checksumMode()).build(), GetObjectResponse.builder());
        try {
            return transformer.transform(
                    AwsErrors.answer(answer).build(),
                    AbortableInputStream.create(object.content().asInputStream()));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw SdkClientException.create("the answer could not be read", failure);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        S3Access.Call call = access.call(request, request.bucket(), request.expectedBucketOwner(), true);
        StoredObject object = call.object(request.key(), GET);
        object.kmsKey().ifPresent(arn -> call.demandKey(arn, "kms:Decrypt"));
        return AwsErrors.answer(described(call.bucket(), object, request.checksumMode()))
                .build();
    }

    private static HeadObjectResponse.Builder described(
            S3Bucket bucket, StoredObject object, @Nullable ChecksumMode mode) {
        HeadObjectResponse.Builder answer = HeadObjectResponse.builder()
                .contentLength((long) object.content().asByteArrayUnsafe().length)
                .contentType(object.contentType())
                .eTag(object.eTag())
                .lastModified(object.writtenAt())
                .versionId(object.version().orElse(null))
                .expiration(bucket.expiration())
                .serverSideEncryption(encryption(object))
                .ssekmsKeyId(object.kmsKey().orElse(null));
        if (mode == ChecksumMode.ENABLED && object.sha256().isPresent()) {
            answer.checksumSHA256(object.sha256().get()).checksumType(ChecksumType.FULL_OBJECT);
        }
        return answer;
    }

    @Override
    public GetObjectTaggingResponse getObjectTagging(GetObjectTaggingRequest request) {
        S3Access.Call call = access.call(request, request.bucket(), request.expectedBucketOwner(), false);
        StoredObject object = call.object(request.key(), TAGGING);
        return AwsErrors.answer(GetObjectTaggingResponse.builder()
                        .versionId(object.version().orElse(null))
                        .tagSet(object.tags().entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()))
                .build();
    }

    @Override
    public ListBucketsResponse listBuckets(ListBucketsRequest request) {
        Principal principal = access.principal(request, false);
        if (principal == null || !access.has(principal, "", LIST_BUCKETS)) {
            throw S3Access.refused(
                    403,
                    "AccessDenied",
                    principal == null ? "Access Denied" : S3Access.denial(principal, LIST_BUCKETS, ""),
                    false);
        }
        return AwsErrors.answer(ListBucketsResponse.builder()
                        .owner(Owner.builder().id(principal.account()).build())
                        .buckets(buckets.values().stream()
                                .filter(bucket -> bucket.account().equals(principal.account()))
                                .map(bucket -> software.amazon.awssdk.services.s3.model.Bucket.builder()
                                        .name(bucket.name())
                                        .build())
                                .limit(request.maxBuckets() == null ? MOST_KEYS : request.maxBuckets())
                                .toList()))
                .build();
    }

    @Override
    public S3Utilities utilities() {
        return UTILITIES;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
