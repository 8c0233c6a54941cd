package dev.sea.integrations.event;

import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The detail of the event {@code Integration Health Changed}; {@code docs/events} has its schema. Members are only
 * ever added.
 *
 * @param version of the integration's configuration and state
 * @param sequence grows with every change of one integration's health: EventBridge keeps no order, and may deliver twice
 * @param failingChecks the failed checks of the report that led to it
 */
@RegisterForReflection
public record HealthChange(
        String tenant,
        String integration,
        String name,
        State state,
        long version,
        Health.Status from,
        Health.Status to,
        long sequence,
        Instant changedAt,
        String summary,
        List<FailingCheck> failingChecks)
        implements BusEvent {
    static final String DETAIL_TYPE = "Integration Health Changed";

    /** One failed check, as the report has it. */
    @RegisterForReflection
    public record FailingCheck(CheckId id, String action, String resource, FailureCode code, String message) {}

    public HealthChange {
        failingChecks = List.copyOf(failingChecks);
    }

    /** Empty when the status is the same. */
    public static Optional<HealthChange> between(Integration before, Integration after, List<Check> checks) {
        if (before.health().status() == after.health().status()) {
            return Optional.empty();
        }
        return Optional.of(new HealthChange(
                after.tenant().id(),
                after.id().value(),
                after.name().value(),
                after.state(),
                after.version(),
                before.health().status(),
                after.health().status(),
                after.health().sequence(),
                after.health().since(),
                after.health().summary(),
                checks.stream().flatMap(HealthChange::failing).toList()));
    }

    @Override
    public String detailType() {
        return DETAIL_TYPE;
    }

    /** With leading zeros, so that an integration's events are in order. */
    @Override
    public String eventId() {
        return "%010d".formatted(sequence);
    }

    @Override
    public Instant at() {
        return changedAt;
    }

    @Override
    public String logLine() {
        return "health of %s: %s -> %s".formatted(integration, from, to);
    }

    @Override
    public void count(Metrics metrics) {
        metrics.healthChanged(to);
    }

    private static Stream<FailingCheck> failing(Check check) {
        return check.outcome() instanceof Outcome.Failed(FailureCode code, String message, var _)
                ? Stream.of(new FailingCheck(check.id(), check.action(), check.resource(), code, message))
                : Stream.empty();
    }
}
