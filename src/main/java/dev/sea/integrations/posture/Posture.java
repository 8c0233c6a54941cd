package dev.sea.integrations.posture;

import dev.sea.integrations.posture.Sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The advice that stands. Advice comes when a validation first sees its reason. It goes only when two
 * validations, {@link #SETTLED} or more apart, no longer see it. So a change that S3 is still spreading makes it come and go
 * only once.
 *
 * @param standing each advice by its code
 * @param publicAskedAt when S3 was last asked what anybody may do
 */
public record Posture(Map<AdviceCode, Standing> standing, Optional<Instant> publicAskedAt) {
    public static final Posture NONE = new Posture(Map.of(), Optional.empty());

    /** Longer than AWS takes to spread a change of a bucket's policy or settings. */
    static final Duration SETTLED = Duration.ofMinutes(10);

    /** Once a day, whatever the jitter of the schedule; never more than twice. */
    private static final Duration PUBLIC_ASKED_AGAIN = Duration.ofHours(20);

    /**
     * One advice.
     *
     * @param missedAt when a validation first no longer saw the reason; empty if the last validation that could tell saw it
     * @param detail what the advice says more; empty if there is nothing more to say
     */
    public record Standing(Instant since, Optional<Instant> missedAt, String detail) {}

    public Posture {
        standing = standing.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(standing));
    }

    /** Whether it is time to ask S3 what anybody may do. */
    public boolean asksPublic(Instant now) {
        return publicAskedAt
                .filter(at -> now.isBefore(at.plus(PUBLIC_ASKED_AGAIN)))
                .isEmpty();
    }

    /** After a validation. */
    public Posture after(Sightings seen, Instant now) {
        Set<AdviceCode> codes = EnumSet.noneOf(AdviceCode.class);
        codes.addAll(standing.keySet());
        codes.addAll(seen.byCode().keySet());
        Map<AdviceCode, Standing> after = new EnumMap<>(AdviceCode.class);
        for (AdviceCode code : codes) {
            after(code, Optional.ofNullable(seen.byCode().get(code)), now).ifPresent(it -> after.put(code, it));
        }
        return new Posture(after, seen.publicAsked() ? Optional.of(now) : publicAskedAt);
    }

    private Optional<Standing> after(AdviceCode code, Optional<Sighting> seen, Instant now) {
        Optional<Standing> before = Optional.ofNullable(standing.get(code))
                .filter(it -> code.lasts()
                        .filter(lasts -> !now.isBefore(it.since().plus(lasts)))
                        .isEmpty());
        if (seen.filter(Sighting::there).isPresent()) {
            Instant since = before.map(Standing::since).orElse(now);
            return Optional.of(new Standing(since, Optional.empty(), seen.get().detail()));
        }
        if (seen.isEmpty() || code.lasts().isPresent()) {
            return before;
        }
        return before.filter(it -> it.missedAt()
                        .filter(at -> !now.isBefore(at.plus(SETTLED)))
                        .isEmpty())
                .map(it -> new Standing(it.since(), it.missedAt().or(() -> Optional.of(now)), it.detail()));
    }
}
