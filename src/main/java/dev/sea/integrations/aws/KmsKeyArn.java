package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a KMS key: {@code arn:<partition>:kms:<region>:<account>:key/<id>}. It is never the ARN of an alias, which grants
 * nothing in a policy.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN">Key ARN</a>
 */
public record KmsKeyArn(String value) {
    /** Matches each, as a regular expression. */
    public static final String SHAPE =
            "arn:" + Partition.ANY + ":kms:([a-z0-9-]{1,40}):(" + AccountId.DIGITS + "):key/([A-Za-z0-9-]{1,64})";

    private static final Pattern PARTS = Pattern.compile(SHAPE);

    public KmsKeyArn {
        require(
                !value.contains(":alias/"),
                "KMS_KEY_ALIAS",
                "Enter the key's ARN (arn:...:key/...), not an alias: a policy on an alias grants nothing.");
        require(
                PARTS.matcher(value).matches(),
                "KMS_KEY_ARN",
                "A KMS key ARN has the form arn:<partition>:kms:<region>:<account>:key/<key ID>.");
    }

    public Partition partition() {
        return Partition.ofId(part(1)).orElseThrow();
    }

    /** The code of the region that the key is in. */
    public String region() {
        return part(2);
    }

    public AccountId account() {
        return new AccountId(part(3));
    }

    private String part(int group) {
        Matcher matcher = PARTS.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException(value);
        }
        return matcher.group(group);
    }

    @Override
    public String toString() {
        return value;
    }
}
