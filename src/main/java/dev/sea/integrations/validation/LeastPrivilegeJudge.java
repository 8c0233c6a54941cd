package dev.sea.integrations.validation;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Warning;
import dev.sea.integrations.report.Remedy;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/**
 * {@code least-privilege}: a stored access key may not list the account's buckets. If it may, that is a warning, never a
 * failure.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a>
 */
record LeastPrivilegeJudge(PresentedAccess access, Diagnosis diagnosis) implements Judge {
    private static final String ACTION = "s3:ListAllMyBuckets";

    @Override
    public Check judge(Findings found) {
        Answer<ListBucketsResponse> answer = found.listBuckets();
        return new Check(
                CheckId.LEAST_PRIVILEGE, ACTION, "*", false, outcome(found, answer), answer.took(), answer.requestId());
    }

    private Outcome outcome(Findings found, Answer<ListBucketsResponse> answer) {
        if (access instanceof PresentedAccess.Role) {
            return new Skipped("SEA limits a role's sessions to what it needs.");
        }
        return Judge.untried(found).orElseGet(() -> answered(answer));
    }

    private Outcome answered(Answer<ListBucketsResponse> answer) {
        return switch (answer) {
            case Answer.Given<ListBucketsResponse> _ ->
                new Warning(
                        FailureCode.MORE_THAN_NEEDED,
                        "The " + diagnosis.principal() + " may list all buckets of the account (" + ACTION
                                + "): more than SEA needs.",
                        Remedy.of(
                                "Use an access key of a user that may do only what SEA needs on this bucket. A role is better"
                                        + " still."));
            case Answer.Refused<ListBucketsResponse>(AwsFailure failure, var _) -> refused(failure);
            case Answer.Unasked<ListBucketsResponse> _ -> new Skipped("Not tried.");
        };
    }

    private Outcome refused(AwsFailure failure) {
        if (failure.isDenial()) {
            return new Passed("The " + diagnosis.principal() + " may not list the buckets of the account.");
        }
        // The checks of the bucket fail for this reason, and say what to do.
        return failure.isUnknownKey()
                ? new Skipped("S3 in " + diagnosis.needs().target().region() + " does not know the access key of "
                        + diagnosis.principal() + ", so this shows nothing of its permissions.")
                : diagnosis.unknown(failure.isUnlearned() ? failure : AwsFailure.UNEXPECTED);
    }
}
