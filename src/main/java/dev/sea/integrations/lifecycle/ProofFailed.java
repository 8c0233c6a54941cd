package dev.sea.integrations.lifecycle;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.report.ValidationReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The access did not pass the proof that activation needs: 409 with the report. */
public final class ProofFailed extends ProblemException {
    private final transient ValidationReport report;

    public ProofFailed(ValidationReport report) {
        super(
                ProblemType.PROOF_FAILED,
                "The integration did not pass the full validation that activation needs. See validation.");
        this.report = report;
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
