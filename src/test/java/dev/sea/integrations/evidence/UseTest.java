package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(10);

    @ParameterizedTest
    @CsvSource({
        "0, 4, false", // too few
        "0, 5, true",
        "7, 5, true", // 41 %
        "8, 5, false", // 38 %
        "8, 6, true", // 42 %
        "100, 66, false",
        "99, 66, true"
    })
    void itFailsByNumberAndShare(int stored, int failed, boolean failing) {
        assertThat(told(told(Use.NONE, stored, false, START), failed, true, START)
                        .failing())
                .isEqualTo(failing);
    }

    @Test
    void itIsOneChangeHoweverManyFail() {
        Use failing = told(Use.NONE, 5, true, START);
        Use more = told(failing, 20, true, START.plusSeconds(60));

        assertThat(failing.dueAt()).contains(START);
        assertThat(more.sequence()).isEqualTo(failing.sequence());
        assertThat(more.failing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, false", // too few
        "5, 0, true",
        "19, 1, false", // 5 %
        "20, 1, true"
    })
    void itRecoversInALaterWindow(int stored, int failed, boolean recovered) {
        Use failing = told(Use.NONE, 5, true, START);
        // Failures first, so that it does not recover before they come.
        Use later = told(told(failing, failed, true, START.plus(WINDOW)), stored, false, START.plus(WINDOW));

        assertThat(later.failing()).isNotEqualTo(recovered);
        assertThat(later.sequence() > failing.sequence()).isEqualTo(recovered);
    }

    @Test
    void itDoesNotRecoverInTheWindowInWhichItBeganToFail() {
        Use failing = told(Use.NONE, 5, true, START);

        assertThat(told(failing, 1000, false, START.plus(WINDOW).minusMillis(1)).failing())
                .isTrue();
    }

    @Test
    void itChangesAtMostOnceInAWindow() {
        Use recovered = told(told(Use.NONE, 5, true, START), 5, false, START.plus(WINDOW));
        Use failingAtOnce = told(recovered, 20, true, START.plus(WINDOW));

        assertThat(recovered.failing()).isFalse();
        assertThat(failingAtOnce.failing()).isFalse();
        assertThat(told(failingAtOnce, 5, true, START.plus(WINDOW.multipliedBy(2)))
                        .failing())
                .isTrue();
    }

    @Test
    void aClockBehindCountsInTheWindowThatIsCountedAlready() {
        Use use = told(Use.NONE, 2, true, START.plusSeconds(30));

        Use both = told(use, 3, true, START.minusSeconds(30));

        assertThat(both.window()).isEqualTo(START);
        assertThat(both.failures()).isEqualTo(5);
        assertThat(both.failing()).isTrue();
    }

    private static Use told(Use use, int times, boolean failure, Instant at) {
        Use told = use;
        for (int i = 0; i < times; i++) {
            told = told.after(failure, at);
        }
        return told;
    }
}
