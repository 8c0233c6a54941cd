package dev.sea.integrations.aws;

import dev.sea.integrations.integration.AwsRegion;
import dev.sea.integrations.integration.Partition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/** The regions that AWS has, as the SDK knows them. Nothing else ever becomes part of a host name. */
@ApplicationScoped
public class RegionCatalogue {
    private final SortedSet<String> ids = Region.regions().stream()
            .filter(region -> !region.isGlobalRegion())
            .map(Region::id)
            .collect(Collectors.toCollection(TreeSet::new));

    public boolean knows(AwsRegion region) {
        return ids.contains(region.id());
    }

    public SortedSet<String> ids(Partition partition) {
        return Collections.unmodifiableSortedSet(ids.stream()
                .filter(id -> !id.contains("-iso") && Partition.ofRegion(id) == partition)
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
