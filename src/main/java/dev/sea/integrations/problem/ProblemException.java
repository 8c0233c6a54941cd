package dev.sea.integrations.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a caller is told as a problem. One subclass for each that somebody can act on. */
public abstract class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final String detail;

    /** @param detail goes to the caller as it stands: a sentence without secrets and without another tenant's data */
    protected ProblemException(ProblemType type, String detail) {
        super(detail);
        this.type = type;
        this.detail = detail;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return List.of();
    }

    /** Further members of the problem, as RFC 9457 allows. */
    public Map<String, Object> extensions() {
        return Map.of();
    }

    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
