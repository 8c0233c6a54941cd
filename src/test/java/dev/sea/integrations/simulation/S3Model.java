package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.S3Bucket.StoredObject;
import dev.sea.integrations.simulation.StsModel.Identity;
import dev.sea.integrations.simulation.StsModel.Principal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
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
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * S3 in one Region, in memory, as far as the service uses it: objects in one piece, of which the newest version is read, in
 * buckets whose owners give each user and role its rights by name.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a>
 */
final class S3Model implements S3Client {
    static final String LIST = "s3:ListBucket";
    static final String GET = "s3:GetObject";
    static final String PUT = "s3:PutObject";
    static final String TAGGING = "s3:GetObjectTagging";
    static final String LIST_BUCKETS = "s3:ListAllMyBuckets";

    private static final int MOST_KEYS = 1000;
    /** For a HEAD, whose answers have no body, the SDK takes HTTP's words for the status, except for 404. */
    private static final Map<Integer, String> HEAD_MESSAGES = Map.of(400, "Bad Request", 403, "Forbidden");

    private static final String REGION = "us-east-1";
    private static final S3Utilities UTILITIES =
            S3Utilities.builder().region(Region.of(REGION)).build();

    private final InstantSource time;
    private final StsModel sts;
    private final KmsModel kms;
    private final Map<String, S3Bucket> buckets = new TreeMap<>();
    private final Set<Right> rights = new HashSet<>();

    S3Model(InstantSource time, StsModel sts, KmsModel kms) {
        this.time = time;
        this.sts = sts;
        this.kms = kms;
    }

    /** @param bucket empty for a right that is about no bucket */
    private record Right(String owner, String bucket, String action) {}

    /** Makes a bucket that is empty and unversioned. */
    S3Bucket addBucket(String name, String account) {
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
    void allow(String owner, String bucket, String... actions) {
        List.of(actions).forEach(action -> rights.add(new Right(owner, bucket, action)));
    }

    /** Takes rights away. */
    void refuse(String owner, String bucket, String... actions) {
        List.of(actions).forEach(action -> rights.remove(new Right(owner, bucket, action)));
    }

    /** Lets a user or role list the buckets of its account. */
    void allowListBuckets(String owner) {
        rights.add(new Right(owner, "", LIST_BUCKETS));
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        Call call = call(request, request.bucket(), request.expectedBucketOwner(), true);
        call.demand(LIST, "");
        HeadBucketResponse.Builder answer = HeadBucketResponse.builder().bucketRegion(REGION);
        AwsErrors.answer(answer).sdkHttpResponse(withRegion(200));
        return answer.build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        Call call = call(request, request.bucket(), request.expectedBucketOwner(), false);
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
                .size((long) object.content().length)
                .eTag(object.eTag())
                .lastModified(object.writtenAt())
                .storageClass("STANDARD")
                .build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        Call call = call(request, request.bucket(), request.expectedBucketOwner(), false);
        call.demand(PUT, request.key());
        Optional<String> key = Optional.ofNullable(request.ssekmsKeyId()).or(call.bucket()::key);
        key.ifPresent(arn -> call.demandKey(arn, "kms:GenerateDataKey"));
        if (request.ifNoneMatch() != null && call.bucket().objects().containsKey(request.key())) {
            throw refused(
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
        Call call = call(request, request.bucket(), request.expectedBucketOwner(), false);
        StoredObject object = call.object(request.key(), GET);
        if (object.kmsKey().isPresent() && call.principal() == null) {
            throw refused(
                    400,
                    "InvalidArgument",
                    "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
                    false);
        }
        object.kmsKey().ifPresent(arn -> call.demandKey(arn, "kms:Decrypt"));
        GetObjectResponse.Builder answer = GetObjectResponse.builder()
                .contentLength((long) object.content().length)
                .contentType(object.contentType())
                .eTag(object.eTag())
                .lastModified(object.writtenAt())
                .versionId(object.version().orElse(null))
                .expiration(call.bucket().expiration())
                .serverSideEncryption(encryption(object))
                .ssekmsKeyId(object.kmsKey().orElse(null));
        if (request.checksumMode() == ChecksumMode.ENABLED && object.sha256().isPresent()) {
            answer.checksumSHA256(object.sha256().get()).checksumType(ChecksumType.FULL_OBJECT);
        }
        try {
            return transformer.transform(
                    AwsErrors.answer(answer).build(),
                    AbortableInputStream.create(new ByteArrayInputStream(object.content())));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw SdkClientException.create("the answer could not be read", failure);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        Call call = call(request, request.bucket(), request.expectedBucketOwner(), true);
        StoredObject object = call.object(request.key(), GET);
        object.kmsKey().ifPresent(arn -> call.demandKey(arn, "kms:Decrypt"));
        HeadObjectResponse.Builder answer = HeadObjectResponse.builder()
                .contentLength((long) object.content().length)
                .contentType(object.contentType())
                .eTag(object.eTag())
                .lastModified(object.writtenAt())
                .versionId(object.version().orElse(null))
                .expiration(call.bucket().expiration())
                .serverSideEncryption(encryption(object))
                .ssekmsKeyId(object.kmsKey().orElse(null));
        if (request.checksumMode() == ChecksumMode.ENABLED && object.sha256().isPresent()) {
            answer.checksumSHA256(object.sha256().get()).checksumType(ChecksumType.FULL_OBJECT);
        }
        return AwsErrors.answer(answer).build();
    }

    @Override
    public GetObjectTaggingResponse getObjectTagging(GetObjectTaggingRequest request) {
        Call call = call(request, request.bucket(), request.expectedBucketOwner(), false);
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
        Principal principal = principal(request, false);
        if (principal == null || !rights.contains(new Right(principal.owner(), "", LIST_BUCKETS))) {
            throw refused(
                    403,
                    "AccessDenied",
                    principal == null ? "Access Denied" : denial(principal, LIST_BUCKETS, ""),
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

    /**
     * A call about a bucket that exists.
     *
     * @param principal null for a call without credentials
     * @param head whether its errors have no body
     */
    private record Call(S3Model s3, @Nullable Principal principal, S3Bucket bucket, boolean head) {

        /** @param key empty for an action on the bucket */
        void demand(String action, String key) {
            if (!isAllowed(action)) {
                String resource = "arn:aws:s3:::" + bucket.name() + (key.isEmpty() ? "" : "/" + key);
                boolean told = principal != null && principal.account().equals(bucket.account());
                throw refused(403, "AccessDenied", told ? denial(principal, action, resource) : "Access Denied", head);
            }
        }

        private boolean isAllowed(String action) {
            return principal == null
                    ? bucket.isPublic() && (action.equals(GET) || action.equals(LIST))
                    : s3.rights.contains(new Right(principal.owner(), bucket.name(), action));
        }

        /** That an object does not exist, S3 tells only to those who may list. */
        StoredObject object(String key, String action) {
            demand(action, key);
            StoredObject object = bucket.objects().get(key);
            if (object == null) {
                demand(LIST, "");
                throw AwsErrors.with(
                                NoSuchKeyException.builder(),
                                withRegion(404),
                                "NoSuchKey",
                                "The specified key does not exist.")
                        .build();
            }
            return object;
        }

        void demandKey(String keyArn, String action) {
            if (principal != null && !s3.kms.isAllowed(principal, keyArn, action)) {
                throw refused(403, "AccessDenied", s3.kms.denial(principal, keyArn, action), head);
            }
            if (s3.kms.isDisabled(keyArn)) {
                throw refused(400, "KMS.DisabledException", keyArn + " is disabled.", head);
            }
        }
    }

    private Call call(S3Request request, String name, @Nullable String expectedOwner, boolean head) {
        Principal principal = principal(request, head);
        S3Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw AwsErrors.with(
                            NoSuchBucketException.builder(), 404, "NoSuchBucket", "The specified bucket does not exist")
                    .build();
        }
        if (expectedOwner != null && !expectedOwner.equals(bucket.account())) {
            throw refused(403, "AccessDenied", "Access Denied", head);
        }
        return new Call(this, principal, bucket, head);
    }

    private @Nullable Principal principal(S3Request request, boolean head) {
        return switch (sts.identity(request)) {
            case Identity.Valid(Principal principal) -> principal;
            case Identity.Anonymous _ -> null;
            case Identity.Expired _ -> throw refused(400, "ExpiredToken", "The provided token has expired.", head);
            case Identity.WrongSecret _ ->
                throw refused(
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided. Check your key and"
                                + " signing method.",
                        head);
            case Identity.Unknown _ ->
                throw refused(
                        403,
                        "InvalidAccessKeyId",
                        "The AWS Access Key Id you provided does not exist in our records.",
                        head);
        };
    }

    private static String denial(Principal principal, String action, String resource) {
        return "User: " + principal.arn() + " is not authorized to perform: " + action
                + (resource.isEmpty() ? "" : " on resource: \"" + resource + "\"")
                + " because no identity-based policy allows the " + action + " action";
    }

    private static RuntimeException refused(int status, String code, String message, boolean head) {
        return AwsErrors.with(
                        S3Exception.builder(),
                        withRegion(status),
                        head ? null : code,
                        head ? HEAD_MESSAGES.get(status) : message)
                .build();
    }

    private static SdkHttpResponse withRegion(int status) {
        return SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("x-amz-bucket-region", REGION)
                .build();
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
