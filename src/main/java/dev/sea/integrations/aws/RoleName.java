package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.regex.Pattern;

/**
 * The name of an IAM role, without its path: 1 to {@value #MAX_LENGTH} characters, case-sensitive.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM names and limits</a>
 */
public record RoleName(String value) {
    public static final int MAX_LENGTH = 64;
    /** One character of a name, as a regular expression. */
    public static final String CHARACTER = "[A-Za-z0-9_+=,.@-]";

    private static final Pattern SHAPE = Pattern.compile(CHARACTER + "{1," + MAX_LENGTH + "}");

    public RoleName {
        require(
                SHAPE.matcher(value).matches(),
                "ROLE_NAME",
                "A role's name has 1 to " + MAX_LENGTH
                        + " letters, digits and '_+=,.@-'. Its path is not part of the name.");
    }

    @Override
    public String toString() {
        return value;
    }
}
