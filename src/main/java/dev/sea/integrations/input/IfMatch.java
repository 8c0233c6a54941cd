package dev.sea.integrations.input;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code If-Match}: the versions to which a change may be made. The comparison is strong, so a weak tag never
 * matches.
 *
 * @param any whether it is {@code *}, which matches every version
 * @param tags the entity tags, with their quotes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1">RFC 9110, If-Match</a>
 */
public record IfMatch(boolean any, List<String> tags) {
    public static final String HEADER = "If-Match";

    /** The header of a change that must not replace anything. */
    public static final String NONE_MATCH = "If-None-Match";

    private static final Pattern TAG =
            Pattern.compile("[ \\t,]*((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")[ \\t]*(?=,|$)");

    /**
     * Reads the header; empty if it is absent.
     *
     * @param values the header as it came; more than one in development only, where no gateway joins them
     * @throws InvalidInput when it is neither {@code *} nor a list of entity tags
     */
    public static Optional<IfMatch> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String header = String.join(",", values);
        if (header.strip().equals("*")) {
            return Optional.of(new IfMatch(true, List.of()));
        }
        List<String> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(header);
        int end = 0;
        while (tag.find() && tag.start() == end) {
            tags.add(tag.group(1));
            end = tag.end();
        }
        if (tags.isEmpty() || !header.substring(end).replace(',', ' ').isBlank()) {
            throw new InvalidInput(List.of(new FieldError(
                    HEADER,
                    "IF_MATCH",
                    "If-Match must be the ETag of the integration as you read it, including the quotes.")));
        }
        return Optional.of(new IfMatch(false, tags));
    }

    /**
     * Whether {@code If-None-Match} is there: a change then must not replace anything.
     *
     * @param values the header as it came
     * @throws InvalidInput when it is not {@code *}, the only value that says so
     */
    public static boolean isNoneMatch(List<String> values) {
        if (values.isEmpty()) {
            return false;
        }
        if (!String.join(",", values).strip().equals("*")) {
            throw new InvalidInput(List.of(new FieldError(
                    NONE_MATCH, "IF_NONE_MATCH", "If-None-Match must be *: what is set is not replaced then.")));
        }
        return true;
    }

    /** Whether it allows a change of this version. */
    public boolean names(long version) {
        return any || tags.contains(tag(version));
    }

    /** The ETag of an integration's version. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }
}
