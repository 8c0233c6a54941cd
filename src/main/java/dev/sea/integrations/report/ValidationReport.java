package dev.sea.integrations.report;

import dev.sea.integrations.advice.Advice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a validation found.
 *
 * @param checks each check once, in the order of {@link CheckId}
 * @param advice what else the customer may want to know; no part of the status
 * @param retryAfter while {@link Status#PROPAGATING}: how long to wait before asking again
 * @param duration of the whole validation
 */
public record ValidationReport(
        Status status,
        Scope scope,
        List<Check> checks,
        List<Advice> advice,
        Optional<Duration> retryAfter,
        Instant startedAt,
        Duration duration) {

    /** Without advice. */
    public ValidationReport(
            Status status,
            Scope scope,
            List<Check> checks,
            Optional<Duration> retryAfter,
            Instant startedAt,
            Duration duration) {
        this(status, scope, checks, List.of(), retryAfter, startedAt, duration);
    }

    /** What the checks come to. */
    @Schema(name = "ReportStatus")
    public enum Status {
        /** All required checks passed. */
        HEALTHY,
        /** A required check failed. */
        UNHEALTHY,
        /** AWS denies something, or does not know the access key, and so recently that IAM may still be spreading a change. */
        PROPAGATING,
        /** No required check failed, but not everything was learned. */
        UNKNOWN
    }

    /** How much was checked. A light validation writes nothing where it can, and does not try the external ID. */
    @Schema(name = "ReportScope")
    public enum Scope {
        FULL,
        LIGHT
    }

    public ValidationReport {
        checks = List.copyOf(checks);
        advice = List.copyOf(advice);
    }

    /** The same with one check more, which comes last. */
    public ValidationReport checking(Check check) {
        return new ValidationReport(
                status,
                scope,
                Stream.concat(checks.stream(), Stream.of(check)).toList(),
                advice,
                retryAfter,
                startedAt,
                duration);
    }

    /** The same with this advice. */
    public ValidationReport advising(List<Advice> itsAdvice) {
        return new ValidationReport(status, scope, checks, itsAdvice, retryAfter, startedAt, duration);
    }

    public String summary() {
        long passed = count(Outcome.Passed.class) + count(Outcome.Warning.class);
        long counted = checks.size() - count(Outcome.Skipped.class);
        return passed + " of " + counted + " checks passed";
    }

    /** Whether something on SEA's own side kept a check from learning anything. */
    public boolean hasOwnFault() {
        return checks.stream()
                .anyMatch(check -> check.outcome() instanceof Outcome.Unknown unknown
                        && unknown.code().isOurs());
    }

    /** Whether a check learned nothing for this reason. */
    public boolean isUnknownBecauseOf(FailureCode code) {
        return checks.stream()
                .anyMatch(check -> check.outcome() instanceof Outcome.Unknown unknown && unknown.code() == code);
    }

    private long count(Class<? extends Outcome> kind) {
        return checks.stream().filter(check -> kind.isInstance(check.outcome())).count();
    }
}
