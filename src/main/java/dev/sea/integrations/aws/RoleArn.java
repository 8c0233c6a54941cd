package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an IAM role, {@code arn:<partition>:iam::<account>:role/<path><name>}, of 20 to 2,048 characters. The name is the
 * last segment: 1 to 64 characters, case-sensitive. The path before it has at most 512 characters.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM names and limits</a>
 */
public record RoleArn(String value) {
    public static final int MIN_LENGTH = 20;
    public static final int MAX_LENGTH = 2048;
    /** Matches each, and some that other rules refuse, as a regular expression. */
    public static final String SHAPE = "arn:" + Partition.ANY + ":iam::(" + AccountId.DIGITS
            + "):role(/|/[\\x21-\\x7E]+/)(" + RoleName.CHARACTER + "{1," + RoleName.MAX_LENGTH + "})";

    private static final Pattern PARTS = Pattern.compile(SHAPE);
    private static final int MAX_PATH = 512;

    public RoleArn {
        require(
                value.length() >= MIN_LENGTH && value.length() <= MAX_LENGTH,
                "ROLE_ARN_LENGTH",
                "A role ARN has 20 to 2,048 characters.");
        require(
                !value.contains(":instance-profile/"),
                "ROLE_ARN_INSTANCE_PROFILE",
                "This is the ARN of an instance profile. Enter the role's own ARN (arn:...:role/...).");
        require(
                !value.contains(":assumed-role/"),
                "ROLE_ARN_SESSION",
                "This is the ARN of a session. Enter the role's own ARN (arn:...:role/...).");
        require(
                PARTS.matcher(value).matches() && !value.contains("//"),
                "ROLE_ARN",
                "A role ARN has the form arn:<partition>:iam::<account ID>:role/<path><name>."
                        + " The name has 1 to 64 letters, digits and '_+=,.@-'.");
        require(
                path(value).length() <= MAX_PATH,
                "ROLE_ARN_PATH",
                "The path in a role ARN has at most " + MAX_PATH + " characters.");
    }

    public Partition partition() {
        return Partition.ofId(part(value, 1)).orElseThrow();
    }

    public AccountId account() {
        return new AccountId(part(value, 2));
    }

    /** The name without the path. It is what must start with the deployment's prefix. */
    public String name() {
        return part(value, 4);
    }

    /** The path before the name: {@code /}, or {@code /.../}. */
    public String path() {
        return path(value);
    }

    private static String path(String arn) {
        return part(arn, 3);
    }

    private static String part(String arn, int group) {
        Matcher matcher = PARTS.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalStateException(arn);
        }
        return matcher.group(group);
    }

    @Override
    public String toString() {
        return value;
    }
}
