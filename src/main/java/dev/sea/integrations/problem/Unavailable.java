package dev.sea.integrations.problem;

import java.time.Duration;
import java.util.Optional;

/** The service's own storage throttled the call or did not answer: 503, with {@code Retry-After}. */
public final class Unavailable extends ProblemException {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    public Unavailable(Throwable cause) {
        super(
                ProblemType.UNAVAILABLE,
                "The service's storage is busy or unreachable. Nothing is wrong with the request; try again.");
        initCause(cause);
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
