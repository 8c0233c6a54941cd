package dev.sea.integrations.probe;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.posture.Kept;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * SSE-KMS of an object, as S3's answer shows it.
 *
 * @param key absent if S3 names none, or names it in a form that is no key ARN
 * @param bucketKey whether S3 uses a Bucket Key, which changes the encryption context
 */
public record Encryption(Optional<KmsKeyArn> key, boolean bucketKey) {
    /** The key of the encryption context that S3 sends to KMS. */
    private static final String CONTEXT = "aws:s3:arn";

    static Optional<Encryption> of(PutObjectResponse response) {
        return of(response.serverSideEncryption(), response.ssekmsKeyId(), response.bucketKeyEnabled());
    }

    static Optional<Encryption> of(GetObjectResponse response) {
        return of(response.serverSideEncryption(), response.ssekmsKeyId(), response.bucketKeyEnabled());
    }

    /** How the bucket keeps what was uploaded. */
    static Kept kept(PutObjectResponse response) {
        return new Kept(
                Optional.of(Kept.isVersion(response.versionId())),
                Kept.Expiry.of(response.expiration()),
                bucketKey(response.serverSideEncryption(), response.bucketKeyEnabled()),
                key(response.ssekmsKeyId()),
                Optional.empty());
    }

    /** How the bucket keeps what was read. */
    static Kept kept(GetObjectResponse response) {
        return new Kept(
                Optional.empty(),
                Kept.Expiry.of(response.expiration()),
                bucketKey(response.serverSideEncryption(), response.bucketKeyEnabled()),
                key(response.ssekmsKeyId()),
                Optional.ofNullable(response.lastModified()));
    }

    private static Optional<Boolean> bucketKey(@Nullable ServerSideEncryption kind, @Nullable Boolean used) {
        return kind == ServerSideEncryption.AWS_KMS ? Optional.of(Boolean.TRUE.equals(used)) : Optional.empty();
    }

    static Encryption of(ObjectEncryption known) {
        return new Encryption(Optional.of(known.key()), known.bucketKey());
    }

    /** As it is remembered; empty if the key is not known. */
    Optional<ObjectEncryption> known() {
        return key.map(arn -> new ObjectEncryption(arn, bucketKey));
    }

    /** Reads a key ARN; empty if the text is none. */
    public static Optional<KmsKeyArn> key(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(KmsKeyArn::new);
        } catch (RuleViolation _) {
            return Optional.empty();
        }
    }

    /**
     * The encryption context that S3 sends, which policies may require.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context">Encryption
     *     context</a>
     */
    Map<String, String> context(String bucketArn, String objectArn) {
        return Map.of(CONTEXT, bucketKey ? bucketArn : objectArn);
    }

    private static Optional<Encryption> of(
            @Nullable ServerSideEncryption kind, @Nullable String key, @Nullable Boolean bucketKey) {
        boolean byKms = kind == ServerSideEncryption.AWS_KMS || kind == ServerSideEncryption.AWS_KMS_DSSE;
        return byKms ? Optional.of(new Encryption(key(key), Boolean.TRUE.equals(bucketKey))) : Optional.empty();
    }
}
