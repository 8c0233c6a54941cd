package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A region by its code, such as {@code eu-west-1}. This checks only the form. Whether AWS has the region is checked against the
 * catalogue of regions when input is read.
 *
 * @see <a href="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html">AWS regions</a>
 */
public record AwsRegion(String id) {
    /** Matches a code, as a part of a regular expression without groups. */
    public static final String CODE = "[a-z]{2,}(?:-[a-z]+)+-[0-9]{1,2}";

    private static final Pattern SHAPE = Pattern.compile(CODE);
    /** The regions that AWS launched before 20 March 2019. Every account of the partition {@code aws} has them. */
    private static final Set<String> DEFAULT = Set.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private static final Pattern ZONE = Pattern.compile(SHAPE.pattern() + "[a-z]");

    public AwsRegion {
        require(
                !ZONE.matcher(id).matches(),
                "REGION_IS_ZONE",
                "This is an availability zone. The region is its name without the last letter.");
        require(SHAPE.matcher(id).matches(), "REGION", "Enter the code of a region, such as eu-west-1.");
    }

    /** The partition that the region belongs to. */
    public Partition partition() {
        return Partition.ofRegion(id);
    }

    /**
     * Whether an account has to enable the region first. Until then the region does not know the account's credentials.
     *
     * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html">Enable or disable AWS Regions
     *     in your account</a>
     */
    public boolean isOptIn() {
        return partition() == Partition.AWS && !DEFAULT.contains(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
