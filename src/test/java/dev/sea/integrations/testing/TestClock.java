package dev.sea.integrations.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The application's clock in tests: the real time, until a test moves it forward. */
@Alternative
@Priority(1)
@ApplicationScoped
public class TestClock implements InstantSource {
    private static final int MOST_DAYS = 20;

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /**
     * Asks once a day until the answer is as wanted: for what a validation does not wait for, and asks again the next day.
     *
     * @throws AssertionError if it never is
     */
    public <T> T dayByDay(Supplier<T> question, Predicate<T> wanted) {
        for (int day = 0; day < MOST_DAYS; day++) {
            T answer = question.get();
            if (wanted.test(answer)) {
                return answer;
            }
            advance(Duration.ofDays(1));
        }
        throw new AssertionError("not as wanted in " + MOST_DAYS + " days");
    }

    public void reset() {
        ahead = Duration.ZERO;
    }
}
