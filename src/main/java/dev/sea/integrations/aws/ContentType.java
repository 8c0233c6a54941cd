package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.regex.Pattern;

/**
 * The media type that S3 keeps with an object, or answers in its place: type, subtype and parameters, at most {@value
 * #MAX_LENGTH} characters.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1">RFC 9110, Media Type</a>
 */
public record ContentType(String value) {
    public static final int MAX_LENGTH = 255;

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"";

    /** Matches each, as a regular expression. */
    public static final String SHAPE = TOKEN + "/" + TOKEN + "(?:; ?" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))*";

    private static final Pattern WHOLE = Pattern.compile(SHAPE);

    public ContentType {
        require(
                value.length() <= MAX_LENGTH,
                "CONTENT_TYPE_LENGTH",
                "A content type has at most " + MAX_LENGTH + " characters.");
        require(
                WHOLE.matcher(value).matches(),
                "CONTENT_TYPE",
                "A content type is a media type such as video/mp4, with or without parameters.");
    }

    @Override
    public String toString() {
        return value;
    }
}
