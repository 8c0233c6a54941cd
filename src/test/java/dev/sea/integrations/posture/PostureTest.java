package dev.sea.integrations.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.posture.Posture.Standing;
import dev.sea.integrations.posture.Sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostureTest {
    private static final Instant THEN = Instant.parse("2026-05-01T10:00:00Z");
    private static final Sightings SEEN = of(AdviceCode.NOT_VERSIONED, true, "");
    private static final Sightings NOT_SEEN = of(AdviceCode.NOT_VERSIONED, false, "");

    @Test
    void itComesAtTheFirstSightingAndKeepsItsTime() {
        Posture posture = Posture.NONE.after(SEEN, THEN).after(SEEN, THEN.plusSeconds(3600));

        assertThat(posture.standing())
                .containsExactly(Map.entry(AdviceCode.NOT_VERSIONED, new Standing(THEN, Optional.empty(), "")));
    }

    @Test
    void itGoesWhenTwoValidationsApartDoNotSeeItAnyMore() {
        Posture missed = Posture.NONE.after(SEEN, THEN).after(NOT_SEEN, THEN.plusSeconds(60));
        assertThat(missed.standing()).containsKey(AdviceCode.NOT_VERSIONED);

        Posture tooSoon = missed.after(
                NOT_SEEN, THEN.plusSeconds(60).plus(Posture.SETTLED).minusMillis(1));
        assertThat(tooSoon.standing()).containsKey(AdviceCode.NOT_VERSIONED);

        assertThat(tooSoon.after(NOT_SEEN, THEN.plusSeconds(60).plus(Posture.SETTLED))
                        .standing())
                .isEmpty();
    }

    /** What S3 is still spreading is seen by one validation, not by the next, and again by the third. */
    @Test
    void whatIsSeenNowAndThenStaysOnce() {
        Posture posture = Posture.NONE.after(SEEN, THEN);
        for (int minute = 1; minute < 60; minute++) {
            posture = posture.after(minute % 2 == 0 ? SEEN : NOT_SEEN, THEN.plusSeconds(60L * minute));

            assertThat(posture.standing().values()).extracting(Standing::since).containsExactly(THEN);
        }
    }

    @Test
    void whatAValidationCouldNotTellStaysAsItWas() {
        Posture posture = Posture.NONE.after(SEEN, THEN).after(NOT_SEEN, THEN.plusSeconds(60));

        assertThat(posture.after(Sightings.NONE, THEN.plus(Duration.ofDays(300))))
                .isEqualTo(posture);
    }

    @Test
    void whatIsNotThereLeavesNoTrace() {
        assertThat(Posture.NONE.after(NOT_SEEN, THEN)).isEqualTo(Posture.NONE);
    }

    @Test
    void itsDetailIsTheLatest() {
        Posture posture = Posture.NONE
                .after(of(AdviceCode.EXPIRES, true, "7 a"), THEN)
                .after(of(AdviceCode.EXPIRES, true, "1 b"), THEN.plusSeconds(60));

        assertThat(posture.standing().values()).containsExactly(new Standing(THEN, Optional.empty(), "1 b"));
    }

    @Test
    void anotherKeyIsNewsForAWeek() {
        Posture posture = Posture.NONE.after(of(AdviceCode.KEY_CHANGED, true, "a b"), THEN);
        Instant aWeekLater = THEN.plus(Duration.ofDays(7));

        assertThat(posture.after(Sightings.NONE, aWeekLater.minusMillis(1)).standing())
                .hasSize(1);
        assertThat(posture.after(Sightings.NONE, aWeekLater).standing()).isEmpty();
        assertThat(posture.after(of(AdviceCode.KEY_CHANGED, true, "b c"), aWeekLater)
                        .standing()
                        .values())
                .containsExactly(new Standing(aWeekLater, Optional.empty(), "b c"));
    }

    @Test
    void whatAnybodyMayDoIsAskedOnceADayAtMost() {
        assertThat(Posture.NONE.asksPublic(THEN)).isTrue();
        Posture asked = Posture.NONE.after(new Sightings(Map.of(), true), THEN);

        assertThat(asked.asksPublic(THEN.plus(Duration.ofHours(13)))).isFalse();
        assertThat(asked.after(SEEN, THEN.plusSeconds(3600)).asksPublic(THEN.plus(Duration.ofHours(19))))
                .isFalse();
        assertThat(asked.asksPublic(THEN.plus(Duration.ofHours(23)))).isTrue();
    }

    private static Sightings of(AdviceCode code, boolean there, String detail) {
        return new Sightings(Map.of(code, new Sighting(there, detail)), false);
    }
}
