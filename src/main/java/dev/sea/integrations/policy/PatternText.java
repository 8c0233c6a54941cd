package dev.sea.integrations.policy;

/**
 * Literal text inside the patterns of a policy. What IAM would read as a wildcard or variable is escaped.
 *
 * <p>A policy may contain only U+0009, U+000A, U+000D and U+0020 to U+00FF. Only a wildcard can match other characters:
 * {@code ?} for one, and {@code *} for a run of characters of two UTF-16 units each, since IAM does not say which unit it
 * counts.
 *
 * @see <a
 *
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars">Special
 *     characters</a>
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole, Policy</a>
 */
final class PatternText {
    private static final int LAST_OF_POLICY_TEXT = 0xFF;

    private PatternText() {}

    static String of(String literal) {
        StringBuilder pattern = new StringBuilder(literal.length());
        literal.codePoints().forEach(character -> append(pattern, character));
        return pattern.toString();
    }

    /** Whether the pattern matches this text only. */
    static boolean isExact(String literal) {
        return literal.codePoints().allMatch(character -> character <= LAST_OF_POLICY_TEXT);
    }

    private static void append(StringBuilder pattern, int character) {
        switch (character) {
            case '*', '?', '$' -> pattern.append("${").append((char) character).append('}');
            default -> {
                if (character <= LAST_OF_POLICY_TEXT) {
                    pattern.append((char) character);
                } else if (Character.isBmpCodePoint(character)) {
                    pattern.append('?');
                } else if (pattern.isEmpty() || pattern.charAt(pattern.length() - 1) != '*') {
                    pattern.append('*');
                }
            }
        }
    }
}
