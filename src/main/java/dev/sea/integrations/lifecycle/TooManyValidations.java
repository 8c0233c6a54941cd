package dev.sea.integrations.lifecycle;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** The tenant has validated as many drafts as it may in a minute: 429. */
public final class TooManyValidations extends ProblemException {
    private final Duration retryAfter;

    public TooManyValidations(int limit, Duration retryAfter) {
        super(ProblemType.TOO_MANY_REQUESTS, "A tenant validates at most " + limit + " drafts a minute.");
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }
}
