package dev.sea.integrations.validation;

import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Answer;
import dev.sea.integrations.probe.AwsFailure;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.ObjectProbe;
import dev.sea.integrations.probe.S3Calls;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Remedy;
import java.util.Optional;

/** {@code list}, {@code put}, {@code get}, {@code tagging}: one call each, and the permission that it needs. */
record ObjectJudge(ObjectProbe probe, Optional<BucketFault> fault, Diagnosis diagnosis) implements Judge {

    @Override
    public Check judge(Findings found) {
        Answer<?> answer = found.of(probe);
        return new Check(
                probe.check(),
                action().id(),
                resource(),
                isRequired(),
                softened(outcome(found, answer)),
                answer.took(),
                answer.requestId());
    }

    private NeededAction action() {
        return probe.action();
    }

    private String resource() {
        AccessNeeds needs = diagnosis.needs();
        return needs.resource(action(), S3Calls.key(needs.target()));
    }

    private boolean isRequired() {
        return diagnosis.needs().requires(action());
    }

    private Outcome outcome(Findings found, Answer<?> answer) {
        if (!found.credentials().isGiven()) {
            return new Skipped("Not tried, since the check credentials did not pass.");
        }
        return switch (answer) {
            case Answer.Given<?> _ -> new Passed(action() + " is allowed on " + resource() + ".");
            case Answer.Refused<?>(AwsFailure failure, var _) -> refused(found, failure);
            case Answer.Unasked<?> _ -> new Skipped("Not tried.");
        };
    }

    private Outcome refused(Findings found, AwsFailure failure) {
        if (fault.filter(it -> it.explains(failure)).isPresent()) {
            return new Skipped("The check bucket failed, and this call with it: "
                    + fault.orElseThrow().failure().message());
        }
        if (probe.readsObject() && failure.isNoSuchKey()) {
            return new Passed(action() + " is allowed: S3 tells that there is no such object.");
        }
        if (probe.readsObject() && failure.isArchived() && isEarlier(found)) {
            return new Passed(action() + " is allowed: S3 tells that the object is archived.");
        }
        if (probe.readsObject() && !found.of(ObjectProbe.PUT).isGiven() && tellsNothing(failure)) {
            return new Skipped("Nothing could be put, and of an object that is missing S3 does not tell whether "
                    + action() + " is allowed.");
        }
        return diagnosis.of(failure, action(), resource());
    }

    /** Whether the object is an earlier validation's; what was written just now cannot be archived. */
    private static boolean isEarlier(Findings found) {
        return found.of(ObjectProbe.PUT).given().filter(put -> !put.written()).isPresent();
    }

    /** It may be the right to learn that the object is missing which lacks: s3:ListBucket. */
    private static boolean tellsNothing(AwsFailure failure) {
        return failure.denial()
                .filter(denial -> denial.isBare() || denial.names(NeededAction.LIST_BUCKET.id()))
                .isPresent();
    }

    private Outcome softened(Outcome outcome) {
        return !isRequired() && outcome instanceof Outcome.Failed(FailureCode code, String message, Remedy remedy)
                ? new Outcome.Warning(code, message, remedy)
                : outcome;
    }
}
