package dev.sea.integrations.validation;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.probe.ObjectProbe;
import dev.sea.integrations.probe.S3Calls;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Remedy;
import java.util.Optional;

/** {@code list}, {@code put}, {@code get}, {@code tagging}: one call each, and the permission that it needs. */
record ObjectJudge(ObjectProbe probe, Optional<BucketFault> fault, Diagnosis diagnosis) implements Judge {
    private static final String ONLY_CREATES =
            " SEA only creates objects here: S3 denies an upload that could overwrite one, and SEA needs none.";

    @Override
    public Check judge(Findings found) {
        Answer<ObjectFindings> answer = found.of(probe);
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

    private Outcome outcome(Findings found, Answer<ObjectFindings> answer) {
        return Judge.untried(found).orElseGet(() -> answered(found, answer));
    }

    private Outcome answered(Findings found, Answer<ObjectFindings> answer) {
        return switch (answer) {
            case Answer.Given<ObjectFindings>(ObjectFindings seen, var _, var _) ->
                new Passed(action() + " is allowed on " + resource() + "." + (seen.onlyCreated() ? ONLY_CREATES : ""));
            case Answer.Refused<ObjectFindings>(AwsFailure failure, var _) -> refused(found, failure);
            case Answer.Unasked<ObjectFindings> _ -> new Skipped("Not tried.");
        };
    }

    private Outcome refused(Findings found, AwsFailure failure) {
        if (fault.filter(it -> it.explains(failure)).isPresent()) {
            return new Skipped("The check bucket failed, and this call with it: "
                    + fault.orElseThrow().failure().message());
        }
        if (probe.readsObject() && failure.isNoSuchKey()) {
            return new Passed(action() + " is allowed: S3 says that the object does not exist.");
        }
        if (probe.readsObject() && failure.isArchived() && isEarlier(found)) {
            return new Passed(action() + " is allowed: S3 says that the object is archived.");
        }
        if (probe.readsObject() && !found.of(ObjectProbe.PUT).isGiven() && failure.mayHideMissingObject()) {
            return new Skipped("No object could be written, and for a missing object S3 does not say whether "
                    + action() + " is allowed.");
        }
        return withDeletion(found, failure, diagnosis.of(failure, action(), resource()));
    }

    /** An object that SEA may not overwrite keeps the key of its time, which the bucket need not use any more. */
    private Outcome withDeletion(Findings found, AwsFailure failure, Outcome outcome) {
        boolean keeps = probe.readsObject()
                && found.of(ObjectProbe.PUT)
                        .given()
                        .filter(put -> put.onlyCreated() && !put.written())
                        .isPresent();
        boolean byKey = failure.code() == FailureCode.KMS_KEY_UNUSABLE
                || failure.denial().filter(Denial::byKms).isPresent();
        return keeps && byKey && outcome instanceof Failed(FailureCode code, String message, Remedy remedy)
                ? new Failed(
                        code,
                        message,
                        new Remedy(
                                remedy.text() + " If the bucket uses another key by now, delete the object "
                                        + resource()
                                        + ", which SEA may not overwrite: the next validation creates it with"
                                        + " the bucket's key.",
                                remedy.statement()))
                : outcome;
    }

    /** Whether an earlier validation wrote the object. One written just now cannot be archived. */
    private static boolean isEarlier(Findings found) {
        return found.of(ObjectProbe.PUT).given().filter(put -> !put.written()).isPresent();
    }

    private Outcome softened(Outcome outcome) {
        return !isRequired() && outcome instanceof Failed(FailureCode code, String message, Remedy remedy)
                ? new Outcome.Warning(code, message, remedy)
                : outcome;
    }
}
