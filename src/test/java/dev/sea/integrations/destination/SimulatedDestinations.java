package dev.sea.integrations.destination;

import dev.sea.integrations.event.BusEvent;
import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Actor;
import java.util.List;
import java.util.Optional;

/** Destinations without HTTP. */
public final class SimulatedDestinations {
    private SimulatedDestinations() {}

    /** Sets what recordings go to in place of whatever is set. */
    public static long set(
            Destinations destinations, Actor actor, IntegrationId primary, Optional<IntegrationId> secondary) {
        Optional<IfMatch> ifMatch = current(destinations, actor);
        return destinations
                .set(actor, new Destination.Wanted(primary, secondary), ifMatch)
                .version();
    }

    public static void remove(Destinations destinations, Actor actor) {
        destinations.remove(actor, current(destinations, actor));
    }

    private static Optional<IfMatch> current(Destinations destinations, Actor actor) {
        try {
            return Optional.of(new IfMatch(
                    false, List.of(IfMatch.tag(destinations.get(actor.tenant()).version()))));
        } catch (NoSuchDestination none) {
            return Optional.empty();
        }
    }

    /** Which integration takes recordings now. */
    public static Optional<IntegrationId> ready(Failover failover, Actor actor) {
        Readiness readiness = failover.readiness(actor.tenant());
        return readiness.candidates().stream()
                .filter(it -> readiness.serving().equals(Optional.of(it.place())))
                .map(Readiness.Candidate::integration)
                .findFirst();
    }

    /** What CDI does with an event. */
    public static void observe(Failover failover, BusEvent event) {
        if (event instanceof HealthChange change) {
            failover.healthChanged(change);
        }
    }
}
