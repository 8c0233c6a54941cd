package dev.sea.integrations.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sea.integrations.advice.Advice;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.ValidationReport.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A report as the API shows it. What does not apply is left out.
 *
 * @param advice what else the customer may want to know; no part of the status. Reports from before there was advice have none
 * @param retryAfterSeconds while PROPAGATING: how many seconds to wait before asking again
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Report")
public record ReportView(
        Status status,
        Scope scope,
        List<CheckView> checks,
        @Nullable List<Advice> advice,
        @Nullable Long retryAfterSeconds,
        Instant startedAt,
        long durationMs) {

    /** How a check ended. */
    @Schema(name = "Outcome")
    public enum OutcomeView {
        PASSED,
        FAILED,
        WARNING,
        SKIPPED,
        UNKNOWN
    }

    /** One line of a report. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Check")
    public record CheckView(
            CheckId id,
            String action,
            String resource,
            OutcomeView outcome,
            boolean required,
            @Nullable FailureCode code,
            String message,
            @Nullable RemedyView remedy,
            long durationMs,
            @Nullable String awsRequestId) {

        static CheckView of(Check check) {
            return switch (check.outcome()) {
                case Outcome.Passed(String message) -> view(check, OutcomeView.PASSED, null, message, null);
                case Outcome.Failed(FailureCode code, String message, Remedy remedy) ->
                    view(check, OutcomeView.FAILED, code, message, RemedyView.of(remedy));
                case Outcome.Warning(FailureCode code, String message, Remedy remedy) ->
                    view(check, OutcomeView.WARNING, code, message, RemedyView.of(remedy));
                case Outcome.Skipped(String reason) -> view(check, OutcomeView.SKIPPED, null, reason, null);
                case Outcome.Unknown(FailureCode code, String message) ->
                    view(check, OutcomeView.UNKNOWN, code, message, null);
            };
        }

        private static CheckView view(
                Check check,
                OutcomeView outcome,
                @Nullable FailureCode code,
                String message,
                @Nullable RemedyView remedy) {
            return new CheckView(
                    check.id(),
                    check.action(),
                    check.resource(),
                    outcome,
                    check.required(),
                    code,
                    message,
                    remedy,
                    check.duration().toMillis(),
                    check.awsRequestId().orElse(null));
        }
    }

    /** What to fix. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Remedy")
    public record RemedyView(String text, @Nullable Statement statement) {

        static RemedyView of(Remedy remedy) {
            return new RemedyView(remedy.text(), remedy.statement().orElse(null));
        }
    }

    public static ReportView of(ValidationReport report) {
        return new ReportView(
                report.status(),
                report.scope(),
                report.checks().stream().map(CheckView::of).toList(),
                report.advice(),
                report.retryAfter().map(Duration::toSeconds).orElse(null),
                report.startedAt(),
                report.duration().toMillis());
    }
}
