package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The SHA-256 of an object's content as S3 takes and gives it, in {@code x-amz-checksum-sha256}: the base64 of 32 bytes,
 * with its padding.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking object
 *     integrity</a>
 */
public record ContentSha256(String value) {
    /** Matches each, as a regular expression. The last digit before the padding holds 4 bits, and 2 that are 0. */
    public static final String SHAPE = "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=";

    private static final Pattern WHOLE = Pattern.compile(SHAPE);

    public ContentSha256 {
        require(
                WHOLE.matcher(value).matches(),
                "SHA256",
                "A SHA-256 is the base64 of its 32 bytes: 43 characters and '='.");
    }

    public static boolean isSha256(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** Of 32 bytes. */
    public static ContentSha256 of(byte[] hash) {
        return new ContentSha256(Base64.getEncoder().encodeToString(hash));
    }

    @Override
    public String toString() {
        return value;
    }
}
