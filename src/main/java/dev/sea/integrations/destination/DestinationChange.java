package dev.sea.integrations.destination;

import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.event.BusEvent;
import dev.sea.integrations.event.Metrics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The detail of the event {@code Recording Destination Changed}; {@code docs/events} has its schema. Members are only ever added.
 *
 * @param version of the destination as administrators set it
 * @param sequence grows with every change of one tenant's destination: EventBridge keeps no order, and may deliver twice
 * @param from where recordings went; null if nowhere
 * @param to where they go now; null if nowhere
 */
@RegisterForReflection
record DestinationChange(
        String tenant,
        String destination,
        long version,
        long sequence,
        Cause cause,
        @Nullable End from,
        @Nullable End to,
        Instant changedAt)
        implements BusEvent {

    /** Why it changed. */
    enum Cause {
        /** An administrator set it. */
        SET,
        /** An administrator removed it. */
        REMOVED,
        /** The primary is not ready, and the secondary is. */
        FAILOVER,
        /** The primary is ready again, or the secondary no longer is. */
        RETURN
    }

    /** One of a destination's integrations. */
    @RegisterForReflection
    record End(String integration, Place role) {

        static End of(Destination destination) {
            return new End(destination.serving().value(), destination.standing().serving());
        }
    }

    static DestinationChange set(Optional<Destination> before, Destination after, Instant now) {
        return new DestinationChange(
                after.tenant().id(),
                "recordings",
                after.version(),
                after.standing().sequence(),
                Cause.SET,
                before.map(End::of).orElse(null),
                End.of(after),
                now);
    }

    static DestinationChange removed(Destination before, DestinationStore.Stored after, Instant now) {
        return new DestinationChange(
                before.tenant().id(),
                "recordings",
                after.version(),
                after.sequence(),
                Cause.REMOVED,
                End.of(before),
                null,
                now);
    }

    static DestinationChange between(Destination before, Destination after, Instant now) {
        return new DestinationChange(
                after.tenant().id(),
                "recordings",
                after.version(),
                after.standing().sequence(),
                after.standing().serving() == Place.SECONDARY ? Cause.FAILOVER : Cause.RETURN,
                End.of(before),
                End.of(after),
                now);
    }

    @Override
    public String detailType() {
        return "Recording Destination Changed";
    }

    @Override
    public String integration() {
        return Optional.ofNullable(to)
                .or(() -> Optional.ofNullable(from))
                .orElseThrow()
                .integration();
    }

    @Override
    public String eventId() {
        return "destination#%010d".formatted(sequence);
    }

    @Override
    public Instant at() {
        return changedAt;
    }

    @Override
    public String logLine() {
        return "recordings of tenant %s: %s, %s -> %s".formatted(tenant, cause, name(from), name(to));
    }

    private static String name(@Nullable End end) {
        return end == null ? "nowhere" : end.integration();
    }

    @Override
    public void count(Metrics metrics) {
        metrics.happened("DestinationChanged");
    }
}
