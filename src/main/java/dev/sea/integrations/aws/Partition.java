package dev.sea.integrations.aws;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An AWS partition. Credentials of one are not valid in another.
 *
 * @see <a href="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html">AWS
 *     partitions</a>
 */
public enum Partition {
    AWS("aws", "us-east-1", ""),
    CHINA("aws-cn", "cn-north-1", "cn-"),
    US_GOV("aws-us-gov", "us-gov-west-1", "us-gov-"),
    EU_SOVEREIGN("aws-eusc", "eusc-de-east-1", "eusc-");

    /** Matches the ID of any of them, as a group of a regular expression. */
    static final String ANY = Arrays.stream(values()).map(Partition::id).collect(Collectors.joining("|", "(", ")"));

    private final String id;
    private final String defaultRegion;
    private final String regionPrefix;

    Partition(String id, String defaultRegion, String regionPrefix) {
        this.id = id;
        this.defaultRegion = defaultRegion;
        this.regionPrefix = regionPrefix;
    }

    /** As in an ARN: {@code aws}, {@code aws-cn}, ... */
    public String id() {
        return id;
    }

    /** A region that every account of the partition has enabled, so that STS knows every access key there. */
    public String defaultRegion() {
        return defaultRegion;
    }

    /** By its name in ARNs; empty if there is none. */
    public static Optional<Partition> ofId(String id) {
        return Arrays.stream(values())
                .filter(partition -> partition.id.equals(id))
                .findFirst();
    }

    /** The partition that a region belongs to, by the start of its code. */
    public static Partition ofRegion(String region) {
        return Arrays.stream(values())
                .filter(partition -> !partition.regionPrefix.isEmpty() && region.startsWith(partition.regionPrefix))
                .findFirst()
                .orElse(AWS);
    }
}
