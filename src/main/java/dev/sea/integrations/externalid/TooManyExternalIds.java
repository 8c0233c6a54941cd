package dev.sea.integrations.externalid;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** The tenant has tried as many external IDs against one AWS account as it may in 24 hours: 429. */
public final class TooManyExternalIds extends ProblemException {
    private final Duration retryAfter;

    TooManyExternalIds(int limit, Duration retryAfter) {
        super(
                ProblemType.TOO_MANY_REQUESTS,
                "A tenant may try at most " + limit + " external IDs against one AWS account in 24 hours. Ask the AWS"
                        + " administrator for the one in the role's trust policy, or make a new one with POST"
                        + " /v1/external-ids and put it there.");
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }
}
