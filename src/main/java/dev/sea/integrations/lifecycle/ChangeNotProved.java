package dev.sea.integrations.lifecycle;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.report.ValidationReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** New values did not pass, and nothing was changed: 422 with the report. */
public final class ChangeNotProved extends ProblemException {
    private final transient ValidationReport report;

    public ChangeNotProved(ValidationReport report) {
        super(
                ProblemType.CHANGE_NOT_PROVED,
                "The new values did not pass their validation. Nothing was changed, and the old values stay in use. See validation.");
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
