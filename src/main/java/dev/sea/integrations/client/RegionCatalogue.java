package dev.sea.integrations.client;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.Partition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/** The regions that AWS has, as the SDK knows them. No other text ever becomes part of a host name. */
@ApplicationScoped
public class RegionCatalogue {
    /** Marks the regions of AWS's isolated partitions, whose hosts have other names. */
    private static final String ISOLATED = "-iso";

    private final SortedSet<String> ids = Region.regions().stream()
            .filter(region -> !region.isGlobalRegion())
            .map(Region::id)
            .filter(id -> !id.contains(ISOLATED))
            .collect(Collectors.toCollection(TreeSet::new));

    /** Whether AWS has this region. */
    public boolean knows(AwsRegion region) {
        return ids.contains(region.id());
    }

    /** The regions of a partition by code, each with AWS's name for it, such as Europe (Ireland). */
    public SortedMap<String, String> names(Partition partition) {
        SortedMap<String, String> names = new TreeMap<>();
        for (String id : ids(partition)) {
            RegionMetadata known = Region.of(id).metadata();
            names.put(id, known == null ? id : known.description());
        }
        return names;
    }

    /** The codes of the regions of a partition. */
    public SortedSet<String> ids(Partition partition) {
        return Collections.unmodifiableSortedSet(ids.stream()
                .filter(id -> Partition.ofRegion(id) == partition)
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
