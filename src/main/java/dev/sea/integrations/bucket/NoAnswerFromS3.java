package dev.sea.integrations.bucket;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** S3 throttled the call, did not answer, or answered what it does not document: 503, with {@code Retry-After}. */
final class NoAnswerFromS3 extends ProblemException {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    NoAnswerFromS3(Throwable cause) {
        this();
        initCause(cause);
    }

    NoAnswerFromS3() {
        super(
                ProblemType.UNAVAILABLE,
                "S3 did not say where the bucket is. Nothing is wrong with the request; try again, or choose the Region"
                        + " yourself.");
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
