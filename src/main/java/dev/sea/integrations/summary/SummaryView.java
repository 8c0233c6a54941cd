package dev.sea.integrations.summary;

import dev.sea.integrations.destination.ReadinessView;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.store.SummaryStore;
import dev.sea.integrations.store.SummaryStore.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A tenant's integrations in numbers.
 *
 * @param total all that were counted
 * @param stale active ones of which no validation has learned anything for too long, even if their health does not say so yet
 * @param advice of how many each advice stands; each code has its number
 * @param recordings where recordings go, and whether they can
 * @param unreadable those whose records cannot be read; they are in no other number
 * @param complete whether all were counted; false if the tenant has more than one query reads
 */
public record SummaryView(
        int total,
        OfState active,
        OfState inactive,
        long stale,
        Map<AdviceCode, Long> advice,
        ReadinessView recordings,
        int unreadable,
        boolean complete) {

    /** Those of one state; each health has its number, and so has one that none of them is in. */
    public record OfState(int total, Map<Health.Status, Long> byHealth) {
        static OfState of(State state, List<Counted> counted) {
            List<Counted> these =
                    counted.stream().filter(each -> each.state() == state).toList();
            Map<Health.Status, Long> byHealth = Arrays.stream(Health.Status.values())
                    .collect(Collectors.toMap(
                            Function.identity(),
                            status -> these.stream()
                                    .filter(each -> each.status() == status)
                                    .count(),
                            Long::sum,
                            () -> new EnumMap<>(Health.Status.class)));
            return new OfState(these.size(), byHealth);
        }
    }

    static SummaryView of(SummaryStore.Found found, ReadinessView recordings, Instant now, Duration staleAfter) {
        List<Counted> counted = found.integrations();
        return new SummaryView(
                counted.size(),
                OfState.of(State.ACTIVE, counted),
                OfState.of(State.INACTIVE, counted),
                counted.stream()
                        .filter(each -> each.state() == State.ACTIVE)
                        .filter(each -> each.status() == Health.Status.STALE
                                || !now.isBefore(each.knownAt().plus(staleAfter)))
                        .count(),
                advice(counted),
                recordings,
                found.unreadable(),
                found.complete());
    }

    private static Map<AdviceCode, Long> advice(List<Counted> counted) {
        Map<AdviceCode, Long> advice = new EnumMap<>(AdviceCode.class);
        for (AdviceCode code : AdviceCode.values()) {
            advice.put(
                    code,
                    counted.stream()
                            .filter(each -> each.advice().contains(code))
                            .count());
        }
        return advice;
    }
}
