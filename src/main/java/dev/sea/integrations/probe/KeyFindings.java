package dev.sea.integrations.probe;

import dev.sea.integrations.aws.KmsKeyArn;
import java.util.Optional;

/**
 * What was learned of the bucket's key.
 *
 * @param use whether S3 encrypts with KMS at all
 * @param key where it is known
 * @param generateDataKey asked of KMS itself, not through S3; so are the other two
 */
public record KeyFindings(
        Use use, Optional<KmsKeyArn> key, Answer<?> generateDataKey, Answer<?> encrypt, Answer<?> decrypt) {
    /** Whether the bucket encrypts with KMS. */
    public enum Use {
        YES,
        NO,
        /** Nothing could be put or read that would show it. */
        UNTOLD
    }

    public static KeyFindings unasked(Use use, Optional<KmsKeyArn> key) {
        return new KeyFindings(use, key, new Answer.Unasked<>(), new Answer.Unasked<>(), new Answer.Unasked<>());
    }
}
