package dev.sea.integrations.recording;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** S3 throttled the call, failed, or did not answer as S3 does: 503. */
final class NoAnswerFromBucket extends ProblemException {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    NoAnswerFromBucket() {
        super(
                ProblemType.UNAVAILABLE,
                "S3 does not tell what is in the bucket for the moment. Nothing is wrong with the request; try again.");
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
