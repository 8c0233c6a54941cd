package dev.sea.integrations.api;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** A request with the same idempotency key is still running: 409, with {@code Retry-After}. */
public final class RequestInProgress extends ProblemException {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    public RequestInProgress() {
        super(
                ProblemType.REQUEST_IN_PROGRESS,
                "A request with this Idempotency-Key is still running. Repeat it in a moment to get its answer.");
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
