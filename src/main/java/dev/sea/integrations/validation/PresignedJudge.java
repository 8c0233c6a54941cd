package dev.sea.integrations.validation;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.client.PresignedUrls;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.probe.S3Calls;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Warning;
import dev.sea.integrations.report.Remedy;
import dev.sea.integrations.report.ValidationReport.Scope;
import java.util.List;
import java.util.Optional;

/**
 * {@code presigned}: what {@code get} reads, a presigned URL reads as well. SEA's workflows store and read by such URLs. If only
 * the URL is denied, a policy tells by the way or the age of the signature, which is a warning: everything else works.
 *
 * @param get says whether the same read with a signature in a header is allowed
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html">Signature Version 4 policy
 *     keys</a>
 */
record PresignedJudge(ObjectJudge get, Scope scope, Diagnosis diagnosis) implements Judge {
    private static final String LIMIT = Long.toString(PresignedUrls.USUAL.toMillis());

    /** What a policy tells a presigned URL by. */
    private enum By {
        WAY("s3:authType (REST-QUERY-STRING means presigned), alone or together with one on the network, such as"
                + " aws:SourceIp, aws:SourceVpc or aws:SourceVpce."),
        AGE("s3:signatureAge. A workflow uses a URL for " + PresignedUrls.USUAL.toMinutes()
                + " minutes unless it asks for more, so let a limit be at least " + LIMIT
                + " (milliseconds)."),
        UNTOLD("s3:authType or s3:signatureAge, alone or together with one on the network, such as aws:SourceIp,"
                + " aws:SourceVpc or aws:SourceVpce.");

        private final String condition;

        By(String condition) {
            this.condition = condition;
        }

        static By of(Answer<ObjectFindings> justPresigned) {
            if (justPresigned.isAllowed()) {
                return AGE;
            }
            return justPresigned.isDenied() ? WAY : UNTOLD;
        }
    }

    @Override
    public Check judge(Findings found) {
        Answer<ObjectFindings> answer = found.presigned();
        return new Check(
                CheckId.PRESIGNED,
                NeededAction.GET_OBJECT.id(),
                resource(),
                false,
                outcome(found, answer),
                answer.took(),
                answer.requestId());
    }

    private String resource() {
        return diagnosis
                .needs()
                .resource(NeededAction.GET_OBJECT, S3Calls.key(diagnosis.needs().target()));
    }

    private Outcome outcome(Findings found, Answer<ObjectFindings> answer) {
        if (scope == Scope.LIGHT) {
            return new Skipped("Checked by full validations only.");
        }
        return Judge.untried(found).orElseGet(() -> compared(found, answer));
    }

    private Outcome compared(Findings found, Answer<ObjectFindings> answer) {
        if (!(get.judge(found).outcome() instanceof Passed)) {
            return new Skipped("The check get did not pass, so this shows nothing of presigned URLs.");
        }
        return switch (answer) {
            case Answer.Given<ObjectFindings> _ -> new Passed("A presigned URL reads " + resource() + ".");
            case Answer.Refused<ObjectFindings>(AwsFailure failure, var _) -> refused(found, failure);
            case Answer.Unasked<ObjectFindings> _ -> new Skipped("Not tried.");
        };
    }

    private Outcome refused(Findings found, AwsFailure failure) {
        if (failure.isNoSuchKey() || failure.isArchived()) {
            return new Passed("S3 accepts a presigned URL, and says of the object what it says to the check get.");
        }
        Outcome outcome = diagnosis.of(failure, NeededAction.GET_OBJECT, resource());
        return outcome instanceof Failed(FailureCode code, String message, Remedy remedy)
                ? new Warning(
                        code,
                        "S3 refuses a presigned URL for what the check get may read, so recorders and players that use"
                                + " SEA's URLs will fail. " + message,
                        remedy(By.of(found.justPresigned()), failure.denial(), remedy))
                : outcome;
    }

    private Remedy remedy(By by, Optional<Denial> denial, Remedy usual) {
        Optional<Statement> instead = denial.filter(
                        it -> it.explicit() && it.by() == Denial.By.RESOURCE_POLICY && !it.byKms())
                .flatMap(_ -> instead(by));
        String text = "Look for a condition on " + by.condition + " " + usual.text();
        return instead.map(statement -> Remedies.with(
                        statement, text + " If the Deny does no more than that, put this statement in its place."))
                .orElseGet(() -> new Remedy(text, usual.statement()));
    }

    /** The Deny of AWS's own examples, but such that SEA's URLs work. */
    private Optional<Statement> instead(By by) {
        Statement deny = diagnosis.needs().denyingObjects();
        return switch (by) {
            case WAY ->
                Optional.of(deny.when("StringNotEquals", "s3:authType", List.of("REST-HEADER"))
                        .sparing(diagnosis.principal().arn()));
            case AGE -> Optional.of(deny.when("NumericGreaterThan", "s3:signatureAge", List.of(LIMIT)));
            case UNTOLD -> Optional.empty();
        };
    }
}
