package dev.sea.integrations.validation;

import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Answer;
import dev.sea.integrations.probe.AwsFailure;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import java.util.Optional;

/**
 * {@code bucket}: it exists, lies in the region given, and belongs to whom it is expected to. HeadBucket's own refusal fails
 * nothing: it carries no prefix, so that a right grant on one prefix refuses it; any other call that passed has told the
 * same.
 */
record BucketJudge(Optional<BucketFault> fault, Diagnosis diagnosis) implements Judge {

    @Override
    public Check judge(Findings found) {
        return new Check(
                CheckId.BUCKET,
                NeededAction.LIST_BUCKET.id(),
                diagnosis.needs().bucketArn(),
                true,
                outcome(found),
                found.head().took(),
                found.head().requestId());
    }

    private Outcome outcome(Findings found) {
        if (!found.credentials().isGiven()) {
            return new Skipped("Not tried, since the check credentials did not pass.");
        }
        if (fault.isPresent()) {
            return fault.get().failure();
        }
        Target target = diagnosis.needs().target();
        if (found.ofObjects().values().stream().noneMatch(Answer::isAllowed)
                && found.head().refusal().filter(AwsFailure::isDenial).isPresent()) {
            return new Skipped("S3 refused every call, and so tells nothing of the bucket itself.");
        }
        return found.head()
                .refusal()
                .filter(failure -> !failure.isDenial())
                .<Outcome>map(failure -> diagnosis.of(
                        failure, NeededAction.LIST_BUCKET, diagnosis.needs().bucketArn()))
                .orElseGet(() -> new Passed("Bucket " + target.bucket() + " exists in " + target.region()
                        + found.owner()
                                .map(owner -> " and belongs to account " + owner + ".")
                                .orElse("; S3 confirms no account as its owner.")));
    }
}
