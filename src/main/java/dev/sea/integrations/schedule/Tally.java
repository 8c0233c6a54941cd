package dev.sea.integrations.schedule;

import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.evidence.Looks;
import dev.sea.integrations.lifecycle.ScheduledValidations.Result;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.store.DueIndex.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/** Counts one sweep, from all its threads. */
final class Tally {
    /** Ones that could not be leased are counted by the caller, too. */
    final AtomicInteger failed = new AtomicInteger();

    final AtomicInteger leftOver = new AtomicInteger();
    final AtomicInteger eventsSent = new AtomicInteger();
    final AtomicInteger secretsRemoved = new AtomicInteger();
    final AtomicInteger reservationsRemoved = new AtomicInteger();

    private final long start = System.nanoTime();
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger discarded = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger looked = new AtomicInteger();
    private final Queue<Duration> validations = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> unread = new ConcurrentLinkedQueue<>();
    private final LongAccumulator oldestDueMillis = new LongAccumulator(Math::max, 0);
    private final LongAccumulator oldestProofMillis = new LongAccumulator(Math::max, 0);

    void due(List<Due> round, Instant now) {
        due.addAndGet(round.size());
        round.forEach(one ->
                oldestDueMillis.accumulate(Duration.between(one.at(), now).toMillis()));
    }

    /** A partition of the index could not be read, so nobody knows what is due in it. */
    void unread(RuntimeException failure) {
        unread.add(failure);
    }

    void throwIfIncomplete() {
        RuntimeException failure = unread.peek();
        if (failure != null) {
            throw new Unavailable(failure);
        }
    }

    void count(Result result) {
        switch (result) {
            case Result.NotDue() -> {}
            case Result.Discarded() -> {
                claimed.incrementAndGet();
                discarded.incrementAndGet();
            }
            case Result.SetAside() -> {
                claimed.incrementAndGet();
                unreadable.incrementAndGet();
            }
            case Result.Failed(RuntimeException _, Duration unprovedFor) -> {
                claimed.incrementAndGet();
                failed.incrementAndGet();
                oldestProofMillis.accumulate(unprovedFor.toMillis());
            }
            case Result.Validated(ValidationReport.Status status, Duration took, Duration unprovedFor) -> {
                claimed.incrementAndGet();
                oldestProofMillis.accumulate(unprovedFor.toMillis());
                validations.add(took);
                if (status == ValidationReport.Status.UNKNOWN) {
                    unknown.incrementAndGet();
                }
            }
        }
    }

    void count(Looks.Result result) {
        if (result != Looks.Result.NOT_DUE) {
            looked.incrementAndGet();
        }
    }

    List<Duration> validations() {
        return List.copyOf(validations);
    }

    Metrics.Swept metrics() {
        return new Metrics.Swept(
                due.get(),
                claimed.get(),
                validations.size(),
                failed.get(),
                unknown.get(),
                unreadable.get(),
                leftOver.get(),
                Duration.ofMillis(oldestDueMillis.get()),
                Duration.ofMillis(oldestProofMillis.get()));
    }

    SweepReport report(Shard shard) {
        return new SweepReport(
                shard.number(),
                shard.of(),
                due.get(),
                claimed.get(),
                validations.size(),
                looked.get(),
                discarded.get(),
                failed.get(),
                unknown.get(),
                unreadable.get(),
                leftOver.get(),
                Duration.ofMillis(oldestDueMillis.get()).toSeconds(),
                eventsSent.get(),
                secretsRemoved.get(),
                reservationsRemoved.get(),
                unread.isEmpty(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
