package dev.sea.integrations.grant;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The name under which a browser saves what it plays: 1 to {@value #MAX_LENGTH} characters, no path.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6266">RFC 6266, Content-Disposition</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8187#section-3.2">RFC 8187, extended parameters</a>
 */
record FileName(String value) {
    static final int MAX_LENGTH = 255;

    /** What some browsers misread: quotes, escapes, and what is not ASCII. */
    private static final Pattern UNSAFE = Pattern.compile("[^ -~]|[\"\\\\%]");

    private static final String PLAIN = "!#$&+-.^_`|~";

    FileName {
        require(
                value.codePointCount(0, value.length()) <= MAX_LENGTH,
                "FILE_NAME_LENGTH",
                "A file name has at most " + MAX_LENGTH + " characters.");
        require(
                VisibleText.hasAny(value) && !value.equals(".") && !value.equals(".."),
                "FILE_NAME_INVISIBLE",
                "A file name has at least one character that can be seen, and is neither '.' nor '..'.");
        require(
                value.codePoints().noneMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\'),
                "FILE_NAME_CHARACTERS",
                "A file name has no control characters, and neither '/' nor '\\'.");
        require(
                value.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
                "FILE_NAME_NOT_UNICODE",
                "A file name must be well-formed Unicode.");
        VisibleText.refuseTurning(value, "FILE_NAME_BIDI_CONTROL", "A file name");
    }

    /** The value of {@code Content-Disposition}, all ASCII: the name, and for old clients something like it. */
    String disposition() {
        return "attachment; filename=\"" + UNSAFE.matcher(value).replaceAll("_") + "\"; filename*=UTF-8''" + encoded();
    }

    private String encoded() {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
