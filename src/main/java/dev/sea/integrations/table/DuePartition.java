package dev.sea.integrations.table;

import java.util.stream.IntStream;

/**
 * The fixed partitions over which the due index, the outbox and the markers of secrets are spread: each is one partition
 * key, which DynamoDB serves with 1,000 writes a second. Shard s of N takes those whose number mod N is s, so that N may
 * change at any time and no item has to move.
 */
public final class DuePartition {
    public static final int COUNT = 64;

    private DuePartition() {}

    /** By a hash that every JVM computes alike. */
    public static int of(String key) {
        return Math.floorMod(key.hashCode(), COUNT);
    }

    public static IntStream ofShard(int shard, int shards) {
        return IntStream.range(0, COUNT).filter(partition -> partition % shards == shard);
    }
}
