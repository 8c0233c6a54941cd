package dev.sea.integrations.schedule;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a sweep did.
 *
 * @param due seen in the index
 * @param claimed leased by this sweep; others were taken by another sweep or no longer due
 * @param validated with a result that was written
 * @param looked for the objects of grants that ran out without an outcome
 * @param discarded with a result that was dropped, since the integration had changed
 * @param failed by an error of the service or its storage, grants included; due again after the lease
 * @param unknown validated, but nothing was learned
 * @param unreadable set aside: their records cannot be read, or another tenant holds their external IDs
 * @param leftOver still due at the end, as far as counted
 * @param oldestDueSeconds how late the most overdue was at the beginning
 * @param eventsSent that earlier requests could not send
 * @param secretsRemoved that no record points to
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
        int looked,
        int discarded,
        int failed,
        int unknown,
        int unreadable,
        int leftOver,
        long oldestDueSeconds,
        int eventsSent,
        int secretsRemoved,
        int reservationsRemoved,
        boolean complete,
        long durationMs) {}
