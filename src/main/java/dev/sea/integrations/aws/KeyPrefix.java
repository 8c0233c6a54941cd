package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where in the bucket SEA's objects are: empty for the whole bucket, or a folder with its trailing slash. A missing slash is
 * added, since {@code plant-7} would also match {@code plant-70}.
 *
 * <p>S3 allows 1,024 bytes of UTF-8 for an object's key. A prefix has at most {@value #MAX_BYTES}, to leave room for SEA's own
 * names.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming Amazon S3 objects</a>
 */
public record KeyPrefix(String value) {
    public static final KeyPrefix NONE = new KeyPrefix("");
    public static final int MAX_BYTES = 800;

    public KeyPrefix {
        if (!value.isEmpty() && !value.endsWith("/")) {
            value = value + "/";
        }
        require(!value.startsWith("/"), "PREFIX_LEADING_SLASH", "A prefix has no leading '/'.");
        require(!value.contains("//"), "PREFIX_EMPTY_SEGMENT", "A prefix has no '//'.");
        require(
                Arrays.stream(value.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals("..")),
                "PREFIX_DOT_SEGMENT",
                "A prefix has no '.' or '..' between slashes: S3's own tools cannot reach such keys.");
        requireCharacters(value);
        require(
                value.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
                "PREFIX_LENGTH",
                "A prefix has at most " + MAX_BYTES + " bytes of UTF-8, its trailing '/' included.");
    }

    /**
     * Requires the characters of a key's start, whether it ends with a slash or not.
     *
     * @throws dev.sea.integrations.RuleViolation for control characters and broken Unicode
     */
    public static void requireCharacters(String start) {
        require(
                start.codePoints().noneMatch(Character::isISOControl),
                "PREFIX_CONTROL_CHARACTER",
                "A prefix has no control characters.");
        require(
                start.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
                "PREFIX_NOT_UNICODE",
                "A prefix must be well-formed Unicode.");
    }

    /**
     * A prefix that somebody enters: no character in it turns the direction of writing. Stored ones may be older than this
     * rule.
     *
     * @throws dev.sea.integrations.RuleViolation when it breaks a rule
     */
    public static KeyPrefix entered(String text) {
        VisibleText.refuseTurning(text, "PREFIX_BIDI_CONTROL", "A prefix");
        return new KeyPrefix(text);
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }
}
