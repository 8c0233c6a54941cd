package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.regex.Pattern;

/**
 * A region by its code, such as {@code eu-west-1}. This checks only the form. Whether AWS has the region is checked against the
 * catalogue of regions when input is read.
 *
 * @see <a href="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html">AWS regions</a>
 */
public record AwsRegion(String id) {
    private static final Pattern SHAPE = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");
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

    @Override
    public String toString() {
        return id;
    }
}
