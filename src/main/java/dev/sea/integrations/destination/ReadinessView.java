package dev.sea.integrations.destination;

import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.ReadinessRules.Fitness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session that must be recorded may start now.
 *
 * @param integration that takes the recordings; null when none can, as role, since and checkedAt
 * @param since when it began to take them
 * @param reason why the primary does not take them; null when it does
 * @param checkedAt when the integration's access was last proved
 * @param validUntil ask again after this time
 * @param candidates the destination's integrations, the primary first
 */
@Schema(name = "Readiness")
public record ReadinessView(
        boolean ready,
        @Nullable String integration,
        @Nullable Place role,
        @Nullable Instant since,
        @Nullable String reason,
        @Nullable Instant checkedAt,
        Instant validUntil,
        List<CandidateView> candidates) {

    static ReadinessView of(Readiness readiness) {
        Optional<Readiness.Candidate> chosen = readiness.chosen();
        return new ReadinessView(
                chosen.isPresent(),
                chosen.map(candidate -> candidate.integration().value()).orElse(null),
                chosen.map(Readiness.Candidate::place).orElse(null),
                readiness.since().orElse(null),
                readiness.reason().orElse(null),
                chosen.flatMap(candidate -> candidate.fitness().checkedAt()).orElse(null),
                readiness.validUntil(),
                readiness.candidates().stream().map(CandidateView::of).toList());
    }

    /**
     * One of a destination's integrations.
     *
     * @param code why it is not ready; null when it is
     * @param checkedAt when its access was last proved; null if never
     */
    @Schema(name = "DestinationCandidate")
    public record CandidateView(
            String integration,
            Place role,
            boolean ready,
            ReadinessRules.@Nullable Reason code,
            @Nullable Instant checkedAt) {

        static CandidateView of(Readiness.Candidate candidate) {
            return new CandidateView(
                    candidate.integration().value(),
                    candidate.place(),
                    candidate.fitness().ready(),
                    candidate.fitness() instanceof Fitness.NotReady(ReadinessRules.Reason reason, var _)
                            ? reason
                            : null,
                    candidate.fitness().checkedAt().orElse(null));
        }
    }
}
