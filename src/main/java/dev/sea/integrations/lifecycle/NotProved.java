package dev.sea.integrations.lifecycle;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.report.ValidationReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A change that needs a proof did not get it, and was not made. The problem holds the report. */
public final class NotProved extends ProblemException {
    private final transient ValidationReport report;

    private NotProved(ProblemType type, String detail, ValidationReport report) {
        super(type, detail);
        this.report = report;
    }

    /** 422: new values did not pass. */
    static NotProved change(ValidationReport report) {
        return new NotProved(
                ProblemType.CHANGE_NOT_PROVED,
                "The new values did not pass their validation. Nothing was changed, and the old values stay in use. See validation.",
                report);
    }

    /** 409: the access did not pass the proof that activation needs. */
    static NotProved activation(ValidationReport report) {
        return new NotProved(
                ProblemType.PROOF_FAILED,
                "The integration did not pass the full validation that activation needs. See validation.",
                report);
    }

    @Override
    public Map<String, Object> extensions() {
        return Map.of("validation", ReportView.of(report));
    }

    @Override
    public Optional<Duration> retryAfter() {
        return report.retryAfter();
    }
}
