package dev.sea.integrations.event;

import dev.sea.integrations.advice.Advice;
import dev.sea.integrations.advice.AdviceWriter;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.posture.AdviceCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The detail of the event {@code Integration Advice Changed}; {@code docs/events} has its schema. Members are only ever added.
 *
 * @param version of the integration's configuration and state
 * @param sequence grows with every write of one integration's health: EventBridge keeps no order, and may deliver twice
 * @param come what is advised now and was not before
 * @param gone what was advised before and is not now
 * @param standing all that is advised now
 */
@RegisterForReflection
public record AdviceChange(
        String tenant,
        String integration,
        String name,
        State state,
        long version,
        long sequence,
        Instant changedAt,
        List<Advice> come,
        Set<AdviceCode> gone,
        Set<AdviceCode> standing)
        implements BusEvent {
    static final String DETAIL_TYPE = "Integration Advice Changed";

    /** Empty when the same is advised. */
    public static Optional<AdviceChange> between(Integration before, Integration after) {
        Set<AdviceCode> earlier = before.posture().standing().keySet();
        Set<AdviceCode> now = after.posture().standing().keySet();
        if (earlier.equals(now)) {
            return Optional.empty();
        }
        Set<AdviceCode> gone = new TreeSet<>(earlier);
        gone.removeAll(now);
        return Optional.of(new AdviceChange(
                after.tenant().id(),
                after.id().value(),
                after.name().value(),
                after.state(),
                after.version(),
                after.health().sequence(),
                after.health().checkedAt().orElse(after.updatedAt()),
                AdviceWriter.of(after.posture(), after.target()).stream()
                        .filter(advice -> !earlier.contains(advice.code()))
                        .toList(),
                gone,
                new TreeSet<>(now)));
    }

    @Override
    public String detailType() {
        return DETAIL_TYPE;
    }

    /** Beside the change of health of the same write. */
    @Override
    public String eventId() {
        return "%010d-advice".formatted(sequence);
    }

    @Override
    public Instant at() {
        return changedAt;
    }

    @Override
    public String logLine() {
        return "advice on %s: %s, gone: %s".formatted(integration, standing, gone);
    }

    @Override
    public void count(Metrics metrics) {
        metrics.happened("AdviceChanges");
    }
}
