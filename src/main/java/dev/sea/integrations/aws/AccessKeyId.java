package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.regex.Pattern;

/**
 * A long-term access key ID: {@code AKIA...}, 16 to 128 characters.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes">IAM
 *     unique ID prefixes</a>
 */
public record AccessKeyId(String value) {
    public static final int MIN_LENGTH = 16;
    public static final int MAX_LENGTH = 128;
    private static final String PREFIX = "AKIA";
    private static final String CHARACTERS = "[A-Za-z0-9_]+";
    /** Matches each, as a regular expression. */
    public static final String SHAPE = PREFIX + CHARACTERS;

    private static final Pattern ALLOWED = Pattern.compile(CHARACTERS);
    private static final int SHOWN = 4;

    public AccessKeyId {
        require(
                value.length() >= MIN_LENGTH && value.length() <= MAX_LENGTH,
                "ACCESS_KEY_ID_LENGTH",
                "An access key ID has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters.");
        require(
                value.indexOf('*') < 0,
                "ACCESS_KEY_ID_MASKED",
                "This access key ID is masked. Enter the whole ID, or leave it out to keep the stored access key.");
        require(
                ALLOWED.matcher(value).matches(),
                "ACCESS_KEY_ID_CHARACTERS",
                "An access key ID has only letters, digits and '_'.");
        require(
                !value.startsWith("ASIA"),
                "ACCESS_KEY_ID_TEMPORARY",
                "An access key ID that starts with ASIA is temporary and needs a session token."
                        + " Enter a long-term one, which starts with AKIA.");
        require(value.startsWith(PREFIX), "ACCESS_KEY_ID_PREFIX", "The access key ID of an IAM user starts with AKIA.");
    }

    /** The first and last four characters, as shown to administrators. */
    public String masked() {
        return value.substring(0, SHOWN)
                + "*".repeat(value.length() - 2 * SHOWN)
                + value.substring(value.length() - SHOWN);
    }

    @Override
    public String toString() {
        return masked();
    }
}
