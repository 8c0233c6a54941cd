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
    AWS("aws", "us-east-1", "", "amazonaws.com"),
    CHINA("aws-cn", "cn-north-1", "cn-", "amazonaws.com.cn"),
    US_GOV("aws-us-gov", "us-gov-west-1", "us-gov-", "amazonaws.com"),
    EU_SOVEREIGN("aws-eusc", "eusc-de-east-1", "eusc-", "amazonaws.eu");

    /** Matches the ID of any of them, as a group of a regular expression. */
    static final String ANY = Arrays.stream(values()).map(Partition::id).collect(Collectors.joining("|", "(", ")"));

    private final String id;
    private final String defaultRegion;
    private final String regionPrefix;
    private final String domain;

    Partition(String id, String defaultRegion, String regionPrefix, String domain) {
        this.id = id;
        this.defaultRegion = defaultRegion;
        this.regionPrefix = regionPrefix;
        this.domain = domain;
    }

    /** As in an ARN: {@code aws}, {@code aws-cn}, ... */
    public String id() {
        return id;
    }

    /** A region that every account of the partition has enabled, so that STS knows every access key there. */
    public String defaultRegion() {
        return defaultRegion;
    }

    /** The end of its services' host names, such as {@code amazonaws.com}. */
    public String domain() {
        return domain;
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
