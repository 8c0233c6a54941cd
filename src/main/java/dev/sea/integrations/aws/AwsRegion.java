package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.regex.Pattern;

/** A region by its code, e.g. {@code eu-west-1}. That AWS has it is asked of the catalogue of regions when input is read. */
public record AwsRegion(String id) {
    private static final Pattern SHAPE = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern ZONE = Pattern.compile(SHAPE.pattern() + "[a-z]");

    public AwsRegion {
        require(
                !ZONE.matcher(id).matches(),
                "REGION_IS_ZONE",
                "This is an availability zone; the region is its name without the last letter.");
        require(SHAPE.matcher(id).matches(), "REGION", "A region is given by its code, like eu-west-1.");
    }

    public Partition partition() {
        return Partition.ofRegion(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
