package dev.sea.integrations.destination;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** No integration can take a recording now: 503, with the reason of each. */
final class NoDestination extends ProblemException {
    private final transient ReadinessView readiness;

    NoDestination(Readiness readiness) {
        super(
                ProblemType.NO_DESTINATION,
                readiness.reason().orElse("No integration is ready.") + " Nothing can be recorded or played there.");
        this.readiness = ReadinessView.of(readiness);
    }

    @Override
    public Map<String, Object> extensions() {
        return Map.of("candidates", readiness.candidates());
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(Readiness.RETRY_AFTER);
    }
}
