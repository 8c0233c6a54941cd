package dev.sea.integrations.probe;

import dev.sea.integrations.aws.KmsKeyArn;
import java.util.Optional;

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

    /** What is known if KMS was asked nothing. */
    public static KeyFindings unasked(Use use, Optional<KmsKeyArn> key) {
        return new KeyFindings(use, key, new Answer.Unasked<>(), new Answer.Unasked<>(), new Answer.Unasked<>());
    }
}
