package dev.sea.integrations.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exception that the caller gets as a problem. There is one subclass for each that somebody can act on. */
public abstract class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final String detail;

    /** @param detail a sentence that the caller gets as it is, so without secrets and without another tenant's data */
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

    /** The rules that the input breaks; empty for other problems. */
    public List<FieldError> errors() {
        return List.of();
    }

    /**
     * Further members of the problem.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3.2">RFC 9457, Extension Members</a>
     */
    public Map<String, Object> extensions() {
        return Map.of();
    }

    /** When the caller may try again; sent as {@code Retry-After} in whole seconds. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
