package dev.sea.integrations.evidence;

import dev.sea.integrations.event.BusEvent;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.integration.Integration;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * The detail of the events {@code Integration Use Failing} and {@code Integration Use Recovered}.
 *
 * @param windowStart of the ten minutes whose outcomes decided
 * @param outcomes that recorders told in them so far
 * @param sequence grows with every change of one integration's use
 */
@RegisterForReflection
record UseChanged(
        String tenant,
        String integration,
        String name,
        boolean failing,
        Instant windowStart,
        int outcomes,
        int failures,
        long sequence,
        Instant changedAt)
        implements BusEvent {

    static UseChanged of(Integration integration, Use use, Instant now) {
        return new UseChanged(
                integration.tenant().id(),
                integration.id().value(),
                integration.name().value(),
                use.failing(),
                use.window(),
                use.outcomes(),
                use.failures(),
                use.sequence(),
                now);
    }

    @Override
    public String detailType() {
        return failing ? "Integration Use Failing" : "Integration Use Recovered";
    }

    @Override
    public String eventId() {
        return "use#" + sequence;
    }

    @Override
    public Instant at() {
        return changedAt;
    }

    @Override
    public String logLine() {
        return "use of %s %s: %d of %d failed"
                .formatted(integration, failing ? "fails" : "has recovered", failures, outcomes);
    }

    @Override
    public void count(Metrics metrics) {
        metrics.happened(failing ? "UseFailing" : "UseRecovered");
    }
}
