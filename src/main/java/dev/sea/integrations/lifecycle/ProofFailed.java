package dev.sea.integrations.lifecycle;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.report.ValidationReport;
import java.util.Map;

/** The access was to be proved, and was not; the problem carries the report. */
public final class ProofFailed extends ProblemException {
    private final ReportView report;

    public ProofFailed(ValidationReport report) {
        super(
                ProblemType.PROOF_FAILED,
                "Only an integration whose access is proved in full can be activated; see validation.");
        this.report = ReportView.of(report);
    }

    @Override
    public Map<String, Object> extensions() {
        return Map.of("validation", report);
    }
}
