package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.Answer.Unasked;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.policy.NegativeTry;
import dev.sea.integrations.posture.Kept;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/**
 * All that AWS answered. The judges read this and nothing else.
 *
 * @param negatives empty where they do not apply: for stored keys, and in a light validation
 * @param ofObjects the answer to each call that proves one permission
 * @param presigned the answer to {@code get} by a presigned URL of some age; unasked in a light validation
 * @param justPresigned the same by a URL that was signed just now; asked only where the one before was denied
 * @param tellsMoreWithoutOwner whether S3 allows a call, or says more about why not, once the call names no expected owner;
 *     asked only where S3 denied every call that named one
 * @param owner the bucket's owner, where S3 allowed a call that named it
 */
public record Findings(
        Answer<Session> credentials,
        List<Tried> negatives,
        Answer<HeadBucketResponse> head,
        Map<ObjectProbe, Answer<ObjectFindings>> ofObjects,
        Answer<ObjectFindings> presigned,
        Answer<ObjectFindings> justPresigned,
        Answer<KeyFindings> key,
        Answer<ListBucketsResponse> listBuckets,
        Answer<Boolean> tellsMoreWithoutOwner,
        Optional<AccountId> owner) {

    /** What is known before AWS is asked anything. */
    public static final Findings NOTHING_ASKED = new Findings(
            new Unasked<>(),
            List.of(),
            new Unasked<>(),
            Map.of(),
            new Unasked<>(),
            new Unasked<>(),
            new Unasked<>(),
            new Unasked<>(),
            new Unasked<>(),
            Optional.empty());

    /** What STS answered to a try that the trust policy must deny. */
    public record Tried(NegativeTry negative, Answer<AssumedSession> answer) {

        boolean isRefused() {
            return answer.isDenied();
        }
    }

    public Findings {
        negatives = List.copyOf(negatives);
        ofObjects = Map.copyOf(ofObjects);
    }

    /**
     * Whether STS denied every try that the trust policy must deny. Until then the session is not used. Otherwise anybody who
     * knows the ARN of an open role could make SEA write into its bucket, and read in the report what the bucket answers.
     */
    public boolean isRoleGuarded() {
        return negatives.stream().allMatch(Tried::isRefused);
    }

    /** The answer to one of the calls; {@link Unasked} where it was not made. */
    public Answer<ObjectFindings> of(ObjectProbe probe) {
        return ofObjects.getOrDefault(probe, new Unasked<>());
    }

    /** How the object in the bucket is encrypted: as {@code put} wrote it, or as {@code get} read it if that wrote nothing. */
    public Optional<ObjectEncryption> encryption() {
        return object().flatMap(ObjectFindings::encryption).flatMap(Encryption::known);
    }

    /** How the bucket keeps the object, from the same answer. */
    public Optional<Kept> kept() {
        return object().flatMap(ObjectFindings::kept);
    }

    private Optional<ObjectFindings> object() {
        Optional<ObjectFindings> written = of(ObjectProbe.PUT).given().filter(ObjectFindings::written);
        return written.or(() -> of(ObjectProbe.GET).given());
    }

    /** The answers that tell something of the bucket, HEAD's first. */
    public Stream<Answer<?>> ofBucket() {
        return Stream.concat(Stream.of(head), Stream.of(ObjectProbe.values()).map(this::of));
    }

    /**
     * What S3's answer to an allowed call tells.
     *
     * @param written whether the call wrote the object
     * @param encryption of the object written or read; absent if it is not by KMS, or if there was no object
     * @param asWritten whether nothing shows that the object is another than one that SEA has just written: by its content and
     *     its tags
     * @param onlyCreated whether S3 denied the same upload without {@code If-None-Match}
     * @param kept how the bucket keeps the object written or read; absent where the answer does not tell
     */
    public record ObjectFindings(
            boolean written,
            Optional<Encryption> encryption,
            boolean asWritten,
            boolean onlyCreated,
            Optional<Kept> kept) {
        static final ObjectFindings NONE = new ObjectFindings(false, Optional.empty(), true, false);

        /** Of an answer that does not tell how the object is kept. */
        public ObjectFindings(
                boolean written, Optional<Encryption> encryption, boolean asWritten, boolean onlyCreated) {
            this(written, encryption, asWritten, onlyCreated, Optional.empty());
        }

        ObjectFindings asCreated() {
            return new ObjectFindings(written, encryption, asWritten, true, kept);
        }
    }

    /**
     * What was learned about the bucket's key.
     *
     * @param use whether S3 encrypts with KMS
     * @param key absent if it is not known
     * @param generateDataKey KMS's answer to a direct call, not through S3
     * @param encrypt likewise
     * @param decrypt likewise
     */
    public record KeyFindings(
            Use use, Optional<KmsKeyArn> key, Answer<?> generateDataKey, Answer<?> encrypt, Answer<?> decrypt) {
        /** Whether the bucket encrypts with KMS. */
        public enum Use {
            YES,
            NO,
            /** No object could be written or read that would show it. */
            UNTOLD
        }

        KeyFindings with(Answer<?> itsDecrypt) {
            return new KeyFindings(use, key, generateDataKey, encrypt, itsDecrypt);
        }

        /** What is known if KMS was asked nothing. */
        public static KeyFindings unasked(Use use, Optional<KmsKeyArn> key) {
            return new KeyFindings(use, key, new Answer.Unasked<>(), new Answer.Unasked<>(), new Answer.Unasked<>());
        }
    }
}
