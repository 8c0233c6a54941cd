package dev.sea.integrations.aws;

import dev.sea.integrations.RuleViolation;
import java.util.regex.Pattern;

/**
 * An AWS account ID: twelve digits, leading zeros included.
 *
 * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html">AWS account identifiers</a>
 */
public record AccountId(String value) {
    /** As a regular expression. */
    public static final String DIGITS = "[0-9]{12}";

    private static final Pattern SHAPE = Pattern.compile(DIGITS);

    public AccountId {
        RuleViolation.require(
                SHAPE.matcher(value).matches(), "ACCOUNT_ID", "An AWS account ID is twelve digits, without dashes.");
    }

    @Override
    public String toString() {
        return value;
    }
}
