package dev.sea.integrations.lifecycle;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** The tenant has reached its number of validations, in a minute or at a time: 429. */
public final class TooManyValidations extends ProblemException {
    private final Duration retryAfter;

    /** @param limit such as {@code 30 validations a minute} */
    TooManyValidations(String limit, Duration retryAfter) {
        super(ProblemType.TOO_MANY_REQUESTS, "A tenant may ask for at most " + limit + ".");
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }
}
