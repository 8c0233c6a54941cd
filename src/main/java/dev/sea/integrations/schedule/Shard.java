package dev.sea.integrations.schedule;

import dev.sea.integrations.table.DuePartition;
import java.util.stream.IntStream;

/**
 * A share of the due integrations.
 *
 * @param number from 0
 * @param of how many there are, 1 to {@value DuePartition#COUNT}
 */
public record Shard(int number, int of) {

    public Shard {
        if (of < 1 || of > DuePartition.COUNT) {
            throw new IllegalArgumentException("there are 1 to " + DuePartition.COUNT + " shards");
        }
        if (number < 0 || number >= of) {
            throw new IllegalArgumentException("shards are numbered from 0 to " + (of - 1));
        }
    }

    IntStream partitions() {
        return DuePartition.ofShard(number, of);
    }
}
