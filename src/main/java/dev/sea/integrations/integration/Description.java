package dev.sea.integrations.integration;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.VisibleText;

/** Free text about an integration: up to 1,000 characters, line breaks included; empty where there is none. */
public record Description(String value) {
    public static final Description NONE = new Description("");
    public static final int MAX_LENGTH = 1000;

    public Description {
        require(
                value.codePointCount(0, value.length()) <= MAX_LENGTH,
                "DESCRIPTION_LENGTH",
                "A description has at most 1,000 characters.");
        require(
                value.codePoints().allMatch(Description::isText),
                "DESCRIPTION_CHARACTERS",
                "A description has no control characters other than line breaks and tabs.");
    }

    /**
     * A description that somebody enters: no character in it turns the direction of writing. Stored ones may be older than
     * this rule.
     *
     * @throws dev.sea.integrations.RuleViolation when it breaks a rule
     */
    public static Description entered(String text) {
        VisibleText.refuseTurning(text, "DESCRIPTION_BIDI_CONTROL", "A description");
        return new Description(text);
    }

    private static boolean isText(int c) {
        return c == '\n'
                || c == '\r'
                || c == '\t'
                || (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE);
    }

    @Override
    public String toString() {
        return value;
    }
}
