package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The key of an object relative to an integration's prefix: 1 to {@value #MAX_BYTES} bytes of UTF-8, together with the prefix
 * not more either.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming Amazon S3 objects</a>
 */
public record ObjectKey(String value) {
    public static final int MAX_BYTES = 1024;

    /** The object that validations write and read below each prefix. It is nobody else's. */
    public static final String OF_VALIDATIONS = ".sea-validation";

    public ObjectKey {
        require(!value.isEmpty(), "KEY_LENGTH", "A key is not empty.");
        require(!value.startsWith("/"), "KEY_LEADING_SLASH", "A key has no leading '/'.");
        require(
                Arrays.stream(value.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals("..")),
                "KEY_DOT_SEGMENT",
                "A key has no '.' or '..' between slashes: clients would change such a URL.");
        require(
                value.codePoints().noneMatch(Character::isISOControl),
                "KEY_CONTROL_CHARACTER",
                "A key has no control characters.");
        require(
                value.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
                "KEY_NOT_UNICODE",
                "A key must be well-formed Unicode.");
        VisibleText.refuseTurning(value, "KEY_BIDI_CONTROL", "A key");
        require(VisibleText.hasAny(value), "KEY_INVISIBLE", "A key has at least one character that can be seen.");
        require(!value.equals(OF_VALIDATIONS), "KEY_OF_VALIDATIONS", "This object belongs to SEA's validations.");
        requireLength(value);
    }

    /**
     * The whole key in the bucket.
     *
     * @throws dev.sea.integrations.RuleViolation when prefix and key together are too long for S3
     */
    public String under(KeyPrefix prefix) {
        return requireLength(prefix.value() + value);
    }

    private static String requireLength(String key) {
        require(
                key.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
                "KEY_LENGTH",
                "A key has at most 1,024 bytes of UTF-8, the integration's prefix included.");
        return key;
    }

    @Override
    public String toString() {
        return value;
    }
}
