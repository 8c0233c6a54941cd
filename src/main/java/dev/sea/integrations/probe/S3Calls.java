package dev.sea.integrations.probe;

import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.probe.S3Requests.Signing;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What one validation asks S3, and what the answers prove. Every call about the bucket names its expected owner, as long as
 * {@link BucketOwner} knows one.
 */
public final class S3Calls {
    private final S3Requests requests;
    private final BucketOwner owner;
    private final boolean light;

    /** @param light whether to write nothing where the object is there already */
    S3Calls(S3Client s3, Target target, BucketOwner owner, boolean light, Session session) {
        this.requests = new S3Requests(s3, target, session);
        this.owner = owner;
        this.light = light;
    }

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
        return owner.askOnce(requests::head);
    }

    Answer<ObjectFindings> list() {
        return owner.ask(requests::list).map(_ -> ObjectFindings.NONE);
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
        Answer<PutObjectResponse> answer = requests.put(expectedOwner, onlyIfMissing);
        boolean isThere = onlyIfMissing
                && answer.refusal().filter(AwsFailure::isPreconditionFailed).isPresent();
        return isThere
                ? new Answer.Given<>(ObjectFindings.NONE, answer.requestId(), answer.took())
                : answer.map(response -> new ObjectFindings(
                        true, Encryption.of(response), true, false, Optional.of(Encryption.kept(response))));
    }

    /**
     * @param written whether this validation has written the object, and so knows its content; any other proves the
     *     permission too
     */
    Answer<ObjectFindings> get(boolean written) {
        return get(written, Signing.HEADER);
    }

    /**
     * The same as {@link #get}, by a presigned URL that was signed as long ago as SEA's URLs are valid. Policies can tell: by
     * {@code s3:authType}, and by {@code s3:signatureAge}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html">Signature Version 4
     *     policy keys</a>
     */
    Answer<ObjectFindings> getPresigned(boolean written) {
        return get(written, Signing.OLD_URL);
    }

    /** The same by a URL that was signed just now, so that no policy finds it old. */
    Answer<ObjectFindings> getJustPresigned(boolean written) {
        return get(written, Signing.URL);
    }

    private Answer<ObjectFindings> get(boolean written, Signing signing) {
        return owner.ask(expectedOwner -> requests.get(expectedOwner, written, signing))
                .map(read -> new ObjectFindings(
                        false,
                        Encryption.of(read.response()),
                        read.asWritten() && hasNoTags(read.response()),
                        false,
                        Optional.of(Encryption.kept(read.response()))));
    }

    Answer<ObjectFindings> tagging() {
        return owner.ask(requests::tagging)
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
        boolean more = requests.head(null).isAllowed()
                || tellsMore(requests.list(null), listed)
                || tellsMore(requests.get(null, false, Signing.HEADER), read);
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
        return requests.listBuckets();
    }
}
