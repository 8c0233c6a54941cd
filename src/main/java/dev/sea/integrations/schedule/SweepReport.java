package dev.sea.integrations.schedule;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a sweep did.
 *
 * @param due seen in the index
 * @param claimed taken under a lease; the rest was somebody else's or no longer due
 * @param validated of which a result was written
 * @param discarded whose result said nothing any more, since the integration had changed
 * @param failed that broke on an error of the service's own, or of its storage; due again after the lease
 * @param unknown of the validated: those of which nothing was learned
 * @param leftOver due at the end still, as far as it was counted
 * @param oldestDueSeconds how late the most overdue was at the beginning
 * @param eventsSent left over from earlier
 * @param secretsRemoved orphans
 * @param reservationsRemoved external IDs that nobody used in time
 * @param complete whether every partition could be read
 */
@RegisterForReflection
public record SweepReport(
        int shard,
        int shards,
        int due,
        int claimed,
        int validated,
        int discarded,
        int failed,
        int unknown,
        int leftOver,
        long oldestDueSeconds,
        int eventsSent,
        int secretsRemoved,
        int reservationsRemoved,
        boolean complete,
        long durationMs) {}
