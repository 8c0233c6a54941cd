package dev.sea.integrations.grant;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** AWS gave no session to sign with, and nothing points to the customer's set-up: 503. */
final class NoSession extends ProblemException {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    NoSession() {
        super(
                ProblemType.UNAVAILABLE,
                "AWS gives SEA no access to the integration for the moment. Nothing is wrong with the request; try again.");
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
