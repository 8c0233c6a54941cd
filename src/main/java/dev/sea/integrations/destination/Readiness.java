package dev.sea.integrations.destination;

import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.ReadinessRules.Fitness;
import dev.sea.integrations.integration.IntegrationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a session that must be recorded may start, and where its recording goes.
 *
 * @param serving which takes the recordings; empty where none can
 * @param since when that one began to; empty where none can
 * @param candidates the destination's integrations, the primary first
 * @param at when this was found
 */
record Readiness(Optional<Place> serving, Optional<Instant> since, List<Candidate> candidates, Instant at) {
    /** An answer of yes is kept for no longer: the integration may fail at any time. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    /** When to ask again where none can. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** One of the destination's integrations. */
    record Candidate(IntegrationId integration, Place place, Fitness fitness) {

        private String sentence() {
            String name = (place == Place.PRIMARY ? "The primary, " : "The secondary, ") + integration;
            return switch (fitness) {
                case Fitness.Ready _ -> name + ", is ready.";
                case Fitness.NotReady(ReadinessRules.Reason reason, var _) ->
                    name + ", is not ready: " + reason.text() + ".";
            };
        }
    }

    /** The one that takes the recordings. */
    Optional<Candidate> chosen() {
        return serving.flatMap(place -> candidates.stream()
                .filter(candidate -> candidate.place() == place)
                .findFirst());
    }

    /** Until when a client may go by it. */
    Instant validUntil() {
        return chosen().map(Candidate::fitness)
                .filter(Fitness.Ready.class::isInstance)
                .map(ready -> earlier(((Fitness.Ready) ready).until(), at.plus(GOOD_FOR)))
                .orElseGet(() -> at.plus(RETRY_AFTER));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Why the primary does not take the recordings; empty if it does. */
    Optional<String> reason() {
        if (candidates.isEmpty()) {
            return Optional.of("No destination of recordings is set.");
        }
        if (serving.filter(Place.PRIMARY::equals).isPresent()) {
            return Optional.empty();
        }
        boolean primaryIsReady = candidates.getFirst().fitness().ready();
        return Optional.of(
                primaryIsReady
                        ? "The primary, " + candidates.getFirst().integration()
                                + ", is ready again. It takes over when it has stayed so for some minutes."
                        : candidates.stream()
                                .filter(candidate -> !candidate.fitness().ready())
                                .map(Candidate::sentence)
                                .collect(Collectors.joining(" ")));
    }
}
