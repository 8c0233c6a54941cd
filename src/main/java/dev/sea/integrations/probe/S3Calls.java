package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.integration.Target;
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

/** The calls to S3 of one validation. All about the bucket carry its expected owner. */
public final class S3Calls {
    /** One object for a bucket and prefix, overwritten each time and never deleted: SEA asks for no s3:DeleteObject. */
    private static final String NAME = ".sea-validation";

    private static final byte[] CONTENT =
            "Cisco SEA writes and reads this object to prove its access.\n".getBytes(StandardCharsets.UTF_8);

    private final S3Client s3;
    private final Target target;
    private final BucketOwner owner;
    private final AwsRequestOverrideConfiguration credentials;

    S3Calls(S3Client s3, Target target, BucketOwner owner, Session session) {
        this.s3 = s3;
        this.target = target;
        this.owner = owner;
        this.credentials = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(session.credentials())
                .build();
    }

    /**
     * What was put.
     *
     * @param encryption absent where it was not KMS; unknown where nothing was written
     */
    public record Stored(boolean written, Optional<Encryption> encryption) {}

    /** What was read, and whether it is what is put. */
    record Read(GetObjectResponse response, boolean asWritten, Optional<Encryption> encryption) {}

    public static String key(Target target) {
        return target.prefix() + NAME;
    }

    /** Its 403 says nothing, of the owner least of all: a grant on one prefix refuses it too. So it is not tried again. */
    Answer<HeadBucketResponse> head() {
        Answer<HeadBucketResponse> answer = head(owner.toSend());
        if (answer.isGiven()) {
            owner.accept();
        }
        return answer;
    }

    Answer<ListObjectsV2Response> list() {
        return owned(this::list);
    }

    /** Prefix and all: a condition on s3:prefix fails where the parameter is absent, if only empty. */
    private Answer<ListObjectsV2Response> list(@Nullable String expectedOwner) {
        return Answer.to(
                () -> s3.listObjectsV2(r -> r.bucket(bucket())
                        .prefix(target.prefix().value())
                        .maxKeys(1)
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(credentials)),
                response -> bucket().equals(response.name()));
    }

    /** @param onlyIfAbsent writes nothing where the object is there: needs the same permission, and makes no version */
    Answer<Stored> put(boolean onlyIfAbsent) {
        Answer<PutObjectResponse> answer = owned(expectedOwner -> Answer.to(
                () -> s3.putObject(put(expectedOwner, onlyIfAbsent), RequestBody.fromBytes(CONTENT)),
                response -> response.eTag() != null));
        boolean isThere = onlyIfAbsent
                && answer.refusal().filter(AwsFailure::isPreconditionFailed).isPresent();
        return isThere
                ? new Answer.Given<>(new Stored(false, Optional.empty()), answer.requestId(), answer.took())
                : answer.map(response -> new Stored(true, Encryption.of(response)));
    }

    private PutObjectRequest put(@Nullable String expectedOwner, boolean onlyIfAbsent) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket())
                .key(key(target))
                .contentType("text/plain")
                .expectedBucketOwner(expectedOwner)
                .overrideConfiguration(credentials);
        target.kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key.value()));
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        return request.build();
    }

    /** @param written whether it must be what was just put; else it may be anybody's, and the permission is proved as well */
    Answer<Read> get(boolean written) {
        return owned(expectedOwner -> get(expectedOwner, written));
    }

    private Answer<Read> get(@Nullable String expectedOwner, boolean written) {
        Supplier<Read> call = () -> s3.getObject(
                r -> r.bucket(bucket())
                        .key(key(target))
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(credentials),
                (response, body) -> new Read(response, isContent(body), Encryption.of(response)));
        return Answer.to(
                call,
                Read::response,
                read -> read.response().eTag() != null && (read.asWritten() || !written),
                AwsFailure::of);
    }

    Answer<GetObjectTaggingResponse> tagging() {
        return owned(expectedOwner -> Answer.to(
                () -> s3.getObjectTagging(r -> r.bucket(bucket())
                        .key(key(target))
                        .expectedBucketOwner(expectedOwner)
                        .overrideConfiguration(credentials)),
                GetObjectTaggingResponse::hasTagSet));
    }

    /** Whether S3 tells more once the bucket need not belong to whom we think. Reads only. */
    Answer<Boolean> tellsMoreWithoutOwner(Answer<?> listed, Answer<?> read) {
        long start = System.nanoTime();
        boolean more = head(Optional.empty()).isAllowed()
                || tellsMore(list(null), listed)
                || tellsMore(get(null, false), read);
        return new Answer.Given<>(more, Optional.empty(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** A refusal for lack of a permission says which; one for the owner's sake says no more than Access Denied. */
    private static boolean tellsMore(Answer<?> withoutOwner, Answer<?> withOwner) {
        return withoutOwner.isAllowed()
                || (withOwner.refusal().filter(AwsFailure::isBareDenial).isPresent()
                        && withoutOwner
                                .refusal()
                                .filter(failure -> failure.isDenial() && !failure.isBareDenial())
                                .isPresent());
    }

    /** Of the whole account, to which the right is s3:ListAllMyBuckets. */
    Answer<ListBucketsResponse> listBuckets() {
        return Answer.to(
                () -> s3.listBuckets(r -> r.maxBuckets(1).overrideConfiguration(credentials)),
                response -> response.owner() != null || response.hasBuckets());
    }

    private Answer<HeadBucketResponse> head(Optional<AccountId> expectedOwner) {
        return Answer.to(
                () -> s3.headBucket(r -> r.bucket(bucket())
                        .expectedBucketOwner(expectedOwner.map(AccountId::value).orElse(null))
                        .overrideConfiguration(credentials)),
                Function.identity(),
                _ -> true,
                AwsFailure::ofHead);
    }

    /** Names the owner; a guessed one that may be wrong is left out in a second try. */
    private <T> Answer<T> owned(Function<@Nullable String, Answer<T>> call) {
        Optional<AccountId> expected = owner.toSend();
        Answer<T> answer = call.apply(expected.map(AccountId::value).orElse(null));
        if (expected.isEmpty()) {
            return answer;
        }
        if (answer.isAllowed()) {
            owner.accept();
        } else if (owner.mayBeWrongGuess()
                && answer.refusal().filter(AwsFailure::isBareDenial).isPresent()) {
            Answer<T> second = call.apply(null);
            if (second.isAllowed()) {
                owner.refute();
            }
            return second;
        }
        return answer;
    }

    private String bucket() {
        return target.bucket().value();
    }

    /** Reads no more than it expects, whatever is there. */
    private static boolean isContent(InputStream body) throws IOException {
        return Arrays.equals(CONTENT, body.readNBytes(CONTENT.length + 1));
    }
}
