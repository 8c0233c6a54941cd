package dev.sea.integrations.probe;

import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.PresignedCalls;
import dev.sea.integrations.client.PresignedUrls;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
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

/** The calls to S3 of one validation. Every call about the bucket names its expected owner. */
public final class S3Calls {
    /** Nearly as old as a URL of SEA's can be while it is used, so that a policy on the age of signatures shows. */
    private static final Duration AGE = PresignedUrls.USUAL.minusSeconds(10);

    private static final byte[] CONTENT =
            "Cisco SEA writes and reads this object to prove its access.\n".getBytes(StandardCharsets.UTF_8);

    private final S3Client s3;
    private final Target target;
    private final BucketOwner owner;
    private final boolean light;
    private final AwsRequestOverrideConfiguration credentials;
    private final AwsRequestOverrideConfiguration justSigned;
    private final AwsRequestOverrideConfiguration signedBefore;

    /** @param light whether to write nothing where the object is there already */
    S3Calls(S3Client s3, Target target, BucketOwner owner, boolean light, Session session) {
        this.s3 = s3;
        this.target = target;
        this.owner = owner;
        this.light = light;
        this.credentials = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(session.credentials())
                .build();
        this.justSigned = presigned(Duration.ZERO);
        this.signedBefore = presigned(AGE);
    }

    private AwsRequestOverrideConfiguration presigned(Duration age) {
        return credentials.toBuilder().addPlugin(new PresignedCalls(age)).build();
    }

    /** What was read, and whether it is what {@link #put()} writes. */
    private record Read(GetObjectResponse response, boolean asWritten) {}

    /**
     * One object for each bucket and prefix, overwritten each time. It is never deleted, since SEA does not ask for
     * s3:DeleteObject.
     */
    public static String key(Target target) {
        return target.prefix() + ObjectKey.OF_VALIDATIONS;
    }

    /**
     * HeadBucket. A 403 says nothing, and least of all about the owner, since a grant on one prefix denies it too. So it is not
     * tried again without an owner.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>
     */
    Answer<HeadBucketResponse> head() {
        return owner.askOnce(this::head);
    }

    Answer<ObjectFindings> list() {
        return owner.ask(this::list).map(_ -> ObjectFindings.NONE);
    }

    /** Always sends the prefix, even an empty one: a condition on s3:prefix fails if the parameter is missing. */
    private Answer<ListObjectsV2Response> list(@Nullable String expectedOwner) {
        return Answer.to(
                () -> s3.listObjectsV2(r -> r.bucket(bucket())
                        .prefix(target.prefix().value())
                        .maxKeys(1)
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(credentials)),
                response -> bucket().equals(response.name()));
    }

    /**
     * Writes the object. A light validation only creates it, so that an object that is there gets no new version.
     *
     * <p>A full one overwrites it. If that is denied, it tries to create it, since a policy may demand {@code If-None-Match}: a
     * bucket in which SEA creates objects and never overwrites them. Then this second answer counts, also where it is another
     * denial: that one tells what SEA lacks, while the first may only tell of the demand.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html">Enforce conditional
     *     writes on Amazon S3 buckets</a>
     */
    Answer<ObjectFindings> put() {
        if (light) {
            return create();
        }
        Answer<ObjectFindings> overwritten = owner.ask(expectedOwner -> put(expectedOwner, false));
        boolean mayDemandCondition = overwritten
                .refusal()
                .filter(failure -> failure.isDenial() && !KeyProbe.isAboutKey(failure))
                .isPresent();
        return mayDemandCondition ? create().map(ObjectFindings::asCreated) : overwritten;
    }

    /**
     * Writes the object if there is none, with {@code If-None-Match: *}. This needs s3:PutObject as well; without it S3 answers
     * 403, whether the object is there or not. So both other answers prove the permission: 200, the object was created, and
     * 412, it is there. A 409 says that the object was deleted meanwhile and that the upload may be tried again, so it is,
     * once.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes</a>
     */
    private Answer<ObjectFindings> create() {
        Answer<ObjectFindings> created = owner.ask(expectedOwner -> put(expectedOwner, true));
        boolean again =
                created.refusal().filter(AwsFailure::isConditionalConflict).isPresent();
        return again ? owner.ask(expectedOwner -> put(expectedOwner, true)) : created;
    }

    private Answer<ObjectFindings> put(@Nullable String expectedOwner, boolean onlyIfMissing) {
        Answer<PutObjectResponse> answer = Answer.to(
                () -> s3.putObject(request(expectedOwner, onlyIfMissing), RequestBody.fromBytes(CONTENT)),
                response -> response.eTag() != null);
        boolean isThere = onlyIfMissing
                && answer.refusal().filter(AwsFailure::isPreconditionFailed).isPresent();
        return isThere
                ? new Answer.Given<>(ObjectFindings.NONE, answer.requestId(), answer.took())
                : answer.map(response -> new ObjectFindings(
                        true, Encryption.of(response), true, false, Optional.of(Encryption.kept(response))));
    }

    private PutObjectRequest request(@Nullable String expectedOwner, boolean onlyIfMissing) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket())
                .key(key(target))
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

    /**
     * @param written whether this validation has written the object, and so knows its content; any other proves the
     *     permission too
     */
    Answer<ObjectFindings> get(boolean written) {
        return get(written, credentials);
    }

    /**
     * The same as {@link #get}, by a presigned URL that was signed as long ago as SEA's URLs are valid. Policies can tell: by
     * {@code s3:authType}, and by {@code s3:signatureAge}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html">Signature Version 4
     *     policy keys</a>
     */
    Answer<ObjectFindings> getPresigned(boolean written) {
        return get(written, signedBefore);
    }

    /** The same by a URL that was signed just now, so that no policy finds it old. */
    Answer<ObjectFindings> getJustPresigned(boolean written) {
        return get(written, justSigned);
    }

    private Answer<ObjectFindings> get(boolean written, AwsRequestOverrideConfiguration signing) {
        return owner.ask(expectedOwner -> get(expectedOwner, written, signing))
                .map(read -> new ObjectFindings(
                        false,
                        Encryption.of(read.response()),
                        read.asWritten() && hasNoTags(read.response()),
                        false,
                        Optional.of(Encryption.kept(read.response()))));
    }

    private Answer<Read> get(@Nullable String expectedOwner, boolean written, AwsRequestOverrideConfiguration signing) {
        Supplier<Read> call = () -> s3.getObject(
                r -> r.bucket(bucket())
                        .key(key(target))
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(signing),
                (response, body) -> new Read(response, isContent(body)));
        return Answer.to(
                call,
                Read::response,
                read -> read.response().eTag() != null && (read.asWritten() || !written),
                AwsFailure::of);
    }

    Answer<ObjectFindings> tagging() {
        return owner.ask(expectedOwner -> Answer.to(
                        () -> s3.getObjectTagging(r -> r.bucket(bucket())
                                .key(key(target))
                                .expectedBucketOwner(expectedOwner)
                                .overrideConfiguration(credentials)),
                        GetObjectTaggingResponse::hasTagSet))
                .map(response -> new ObjectFindings(
                        false, Optional.empty(), response.tagSet().isEmpty(), false));
    }

    /** As far as S3 says: only to callers with s3:GetObjectTagging. */
    private static boolean hasNoTags(GetObjectResponse response) {
        return response.tagCount() == null || response.tagCount() == 0;
    }

    /** Whether S3 allows a call, or says more about why not, if the call names no owner. Only reads. */
    Answer<Boolean> tellsMoreWithoutOwner(Answer<?> listed, Answer<?> read) {
        long start = System.nanoTime();
        boolean more = head(null).isAllowed()
                || tellsMore(list(null), listed)
                || tellsMore(get(null, false, credentials), read);
        return new Answer.Given<>(more, Optional.empty(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** A denial for a missing permission names it. One for a wrong owner says only Access Denied. */
    private static boolean tellsMore(Answer<?> withoutOwner, Answer<?> withOwner) {
        return withoutOwner.isAllowed()
                || (withOwner.refusal().filter(AwsFailure::isBareDenial).isPresent()
                        && withoutOwner
                                .refusal()
                                .filter(failure -> failure.isDenial() && !failure.isBareDenial())
                                .isPresent());
    }

    /** Lists the account's buckets, which needs s3:ListAllMyBuckets. */
    Answer<ListBucketsResponse> listBuckets() {
        return Answer.to(
                () -> s3.listBuckets(r -> r.maxBuckets(1).overrideConfiguration(credentials)),
                response -> response.owner() != null || response.hasBuckets());
    }

    private Answer<HeadBucketResponse> head(@Nullable String expectedOwner) {
        return Answer.to(
                () -> s3.headBucket(r ->
                        r.bucket(bucket()).expectedBucketOwner(expectedOwner).overrideConfiguration(credentials)),
                Function.identity(),
                _ -> true,
                AwsFailure::ofHead);
    }

    private String bucket() {
        return target.bucket().value();
    }

    /** Reads at most one byte more than it expects, however long the object is. */
    private static boolean isContent(InputStream body) throws IOException {
        return Arrays.equals(CONTENT, body.readNBytes(CONTENT.length + 1));
    }
}
