package dev.sea.integrations.integration;

import static dev.sea.integrations.RuleViolation.require;

import java.text.Normalizer;
import java.util.Locale;

/** What administrators call an integration: 1 to 100 characters, unique in the tenant without regard to case. */
public record IntegrationName(String value) {
    static final int MAX_LENGTH = 100;

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
                value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE),
                "NAME_CHARACTERS",
                "A name has no control characters or line breaks.");
        return value;
    }

    /** The start of a name in the form of {@link #claim()}. */
    public static String claimOf(String start) {
        return checked(start).toLowerCase(Locale.ROOT);
    }

    /** The form in which names are compared: a tenant cannot have two names with the same one. */
    public String claim() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
