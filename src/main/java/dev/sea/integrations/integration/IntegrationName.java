package dev.sea.integrations.integration;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.VisibleText;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What administrators call an integration: 1 to 100 characters, unique in the tenant among names that look alike. Stored names
 * may be older than the rules of {@link #entered}.
 */
public record IntegrationName(String value) {
    public static final int MAX_LENGTH = 100;

    /** Bytes in UTF-8. A sort key of DynamoDB has at most 1,024, and that of the claim begins with a few of its own. */
    private static final int LONGEST_CLAIM = 1_000;

    public IntegrationName {
        value = checked(value.strip());
    }

    private static String checked(String text) {
        String value = Normalizer.normalize(text, Normalizer.Form.NFC);
        require(
                !value.isEmpty() && value.codePointCount(0, value.length()) <= MAX_LENGTH,
                "NAME_LENGTH",
                "A name has 1 to " + MAX_LENGTH + " characters, without the blanks around it.");
        require(
                value.codePoints().noneMatch(IntegrationName::isControl),
                "NAME_CHARACTERS",
                "A name has no control characters or line breaks.");
        return value;
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    /**
     * A name that somebody enters: it has a character to see, and none that turns the direction of writing. White space around
     * it is taken away, also such as {@link String#strip()} leaves, like U+00A0.
     *
     * @throws dev.sea.integrations.RuleViolation when it breaks a rule
     */
    public static IntegrationName entered(String text) {
        IntegrationName name = new IntegrationName(VisibleText.hasAny(text) ? VisibleText.strip(text) : text);
        require(
                VisibleText.hasAny(name.value),
                "NAME_INVISIBLE",
                "A name needs at least one character that can be seen.");
        require(
                name.value.indexOf('\u2028') < 0 && name.value.indexOf('\u2029') < 0,
                "NAME_CHARACTERS",
                "A name has no control characters or line breaks.");
        VisibleText.refuseTurning(name.value, "NAME_BIDI_CONTROL", "A name");
        require(
                name.claim().getBytes(StandardCharsets.UTF_8).length <= LONGEST_CLAIM,
                "NAME_LENGTH",
                "A name has at most " + LONGEST_CLAIM
                        + " bytes once signs that stand for whole words are spelled out.");
        return name;
    }

    /** The start of a name in the form of {@link #claim()}. */
    public static String claimOf(String start) {
        return VisibleText.skeleton(checked(start));
    }

    /** The form in which names are compared: a tenant cannot have two names with the same one. */
    public String claim() {
        return VisibleText.skeleton(value).strip();
    }

    /** The form in which names were compared before. Claims of older integrations may still have it. */
    public String formerClaim() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
