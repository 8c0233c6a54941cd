package dev.sea.integrations.report;

import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Unknown;
import dev.sea.integrations.report.ValidationReport.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Computes a report's status from its checks. */
public final class Verdict {
    private Verdict() {}

    /** The status if IAM had no delays: never PROPAGATING. */
    public static Status of(List<Check> checks) {
        List<Outcome> required =
                checks.stream().filter(Check::required).map(Check::outcome).toList();
        if (required.stream().anyMatch(Failed.class::isInstance)) {
            return Status.UNHEALTHY;
        }
        return required.stream().anyMatch(outcome -> outcome instanceof Unknown || outcome instanceof Skipped)
                ? Status.UNKNOWN
                : Status.HEALTHY;
    }

    /** The required checks that failed, if all of them are denials that may pass later; none if one is not. */
    public static Set<CheckId> maybeSpreading(List<Check> checks) {
        EnumSet<CheckId> denied = EnumSet.noneOf(CheckId.class);
        for (Check check : checks) {
            if (check.required() && check.outcome() instanceof Failed failed) {
                if (failed.code().nature() != FailureCode.Nature.DENIAL) {
                    return Set.of();
                }
                denied.add(check.id());
            }
        }
        return denied;
    }
}
