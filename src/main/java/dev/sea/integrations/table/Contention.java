package dev.sea.integrations.table;

import dev.sea.integrations.Pauses;
import dev.sea.integrations.problem.Unavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Repeats writes that met another write of the same item, which DynamoDB's transactions refuse instead of waiting:
 * {@value #ATTEMPTS} attempts, with random pauses that double on average up to half a second, about a second in all.
 *
 * @see <a href="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/">Timeouts, retries, and
 *     backoff with jitter</a>
 */
@ApplicationScoped
public class Contention {
    private static final int ATTEMPTS = 8;
    private static final long FIRST_PAUSE_MS = 25;
    private static final long LONGEST_PAUSE_MS = 500;

    private final RandomGenerator random;
    private final Pauses pauses;

    public Contention(RandomGenerator random, Pauses pauses) {
        this.random = random;
        this.pauses = pauses;
    }

    /** Thrown by a write that may be repeated as it is. */
    public static final class Met extends RuntimeException {
        public Met(Throwable cause) {
            super(cause);
        }
    }

    /**
     * The write's result.
     *
     * @throws Unavailable when each attempt met another write
     */
    public <T> T settled(Supplier<T> write) {
        long pause = FIRST_PAUSE_MS;
        for (int attempt = 1; ; attempt++) {
            try {
                return write.get();
            } catch (Met met) {
                if (attempt == ATTEMPTS) {
                    throw new Unavailable(met);
                }
                pause(random.nextLong(pause) + 1);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
            }
        }
    }

    private void pause(long milliseconds) {
        try {
            pauses.pause(Duration.ofMillis(milliseconds));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unavailable(interrupted);
        }
    }
}
