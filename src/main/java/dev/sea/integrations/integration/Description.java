package dev.sea.integrations.integration;

import static dev.sea.integrations.RuleViolation.require;

/** Free text about an integration: up to 1,000 characters, line breaks included; empty where there is none. */
public record Description(String value) {
    public static final Description NONE = new Description("");
    static final int MAX_LENGTH = 1000;

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
