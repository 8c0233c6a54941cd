package dev.sea.integrations.destination;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.Destination.Standing;
import dev.sea.integrations.destination.Readiness.Candidate;
import dev.sea.integrations.grant.Purpose;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether recordings can be stored now, and where. The secondary takes over as soon as the primary is not ready. The primary
 * takes them back at its first pass, but {@link #HOLD} after the last change at the earliest; if it was ready in between and failed
 * again, only after it has been ready for that long. A secondary that is not ready is left at once.
 */
@ApplicationScoped
class ReadinessRules {
    /** How long the secondary stands in at least, if it is ready: between two changes back to the primary. */
    static final Duration HOLD = Duration.ofMinutes(10);

    private final Duration staleAfter;
    private final Predicate<Integration> refusesRecordings;

    @Inject
    ReadinessRules(SeaConfig config) {
        this(
                config.schedule().staleAfter(),
                integration ->
                        !Purpose.RECORD.contradicted(integration.health()).isEmpty());
    }

    /**
     * Rules of a deployment.
     *
     * @param staleAfter how long a proof counts
     * @param refusesRecordings whether an integration's last proof says that it does not take recordings
     */
    ReadinessRules(Duration staleAfter, Predicate<Integration> refusesRecordings) {
        this.staleAfter = staleAfter;
        this.refusesRecordings = refusesRecordings;
    }

    /** Why an integration is not ready. */
    @Schema(name = "NotReadyReason")
    enum Reason {
        GONE("it no longer exists"),
        NOT_ACTIVE("it is not active"),
        NEVER_PROVED("no validation has learned anything about it yet"),
        STALE("no validation has learned anything about it for too long"),
        UNHEALTHY("its last validations failed");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Whether an integration can take recordings. */
    sealed interface Fitness {

        /**
         * It can take recordings.
         *
         * @param until when its proof is too old
         */
        record Ready(Instant provedAt, Instant until) implements Fitness {}

        record NotReady(Reason reason, Optional<Instant> provedAt) implements Fitness {}

        default boolean ready() {
            return this instanceof Ready;
        }

        /** When the integration was last proved; empty if never. */
        default Optional<Instant> checkedAt() {
            return switch (this) {
                case Ready(Instant provedAt, var _) -> Optional.of(provedAt);
                case NotReady(var _, Optional<Instant> provedAt) -> provedAt;
            };
        }
    }

    /** Whether this integration can take recordings. */
    Fitness fitness(Optional<Integration> found, Instant now) {
        if (found.isEmpty()) {
            return new Fitness.NotReady(Reason.GONE, Optional.empty());
        }
        Integration integration = found.get();
        Health health = integration.health();
        if (!integration.isActive()) {
            return new Fitness.NotReady(Reason.NOT_ACTIVE, health.provedAt());
        }
        if (refusesRecordings.test(integration)) {
            return new Fitness.NotReady(Reason.UNHEALTHY, health.provedAt());
        }
        if (health.provedAt().isEmpty()) {
            return new Fitness.NotReady(Reason.NEVER_PROVED, Optional.empty());
        }
        Instant provedAt = health.provedAt().get();
        Instant until = provedAt.plus(staleAfter);
        return health.status() == Health.Status.STALE || !until.isAfter(now)
                ? new Fitness.NotReady(Reason.STALE, health.provedAt())
                : new Fitness.Ready(provedAt, until);
    }

    /**
     * Which of the two should serve from now on.
     *
     * @param primarySince when the primary's health last changed
     */
    Standing next(Standing standing, Fitness primary, Fitness secondary, Instant primarySince, Instant now) {
        if (standing.serving() == Place.PRIMARY) {
            return primary.ready() || !secondary.ready() ? standing : standing.at(Place.SECONDARY, now);
        }
        if (!primary.ready()) {
            return standing;
        }
        if (!secondary.ready()) {
            return standing.at(Place.PRIMARY, now);
        }
        boolean held = !now.isBefore(standing.since().plus(HOLD));
        boolean steady =
                standing.readySince().filter(at -> !at.equals(primarySince)).isEmpty()
                        || !now.isBefore(primarySince.plus(HOLD));
        if (held && steady) {
            return standing.at(Place.PRIMARY, now);
        }
        return standing.readySince().isPresent() ? standing : standing.seenReady(primarySince);
    }

    /**
     * The destination with the one that should serve from now on.
     *
     * @param found its integrations, as far as they exist
     */
    Destination serving(Destination destination, Map<IntegrationId, Integration> found, Instant now) {
        Fitness primary = fitness(Optional.ofNullable(found.get(destination.primary())), now);
        Fitness secondary = fitness(destination.secondary().map(found::get), now);
        Instant primarySince = Optional.ofNullable(found.get(destination.primary()))
                .map(integration -> integration.health().since())
                .orElse(now);
        return destination.with(next(destination.standing(), primary, secondary, primarySince, now));
    }

    /** Whether the one that serves can take recordings, and how the destination's integrations are. */
    Readiness readiness(Destination destination, Map<IntegrationId, Integration> found, Instant now) {
        List<Candidate> candidates = new ArrayList<>();
        for (Place place : Place.values()) {
            destination
                    .at(place)
                    .map(id -> new Candidate(id, place, fitness(Optional.ofNullable(found.get(id)), now)))
                    .ifPresent(candidates::add);
        }
        Optional<Standing> standing = candidates.stream()
                .filter(candidate -> candidate.place() == destination.standing().serving())
                .filter(candidate -> candidate.fitness().ready())
                .findFirst()
                .map(_ -> destination.standing());
        return new Readiness(standing.map(Standing::serving), standing.map(Standing::since), candidates, now);
    }
}
