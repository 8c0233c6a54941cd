package dev.sea.integrations.validation;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import java.util.Optional;

/**
 * {@code bucket}: it exists, is in the region given, and belongs to the expected owner. A denied HeadBucket fails nothing: it
 * sends no prefix, so a correct grant on one prefix denies it. Any other call that S3 allowed has proved the same.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>
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
        return Judge.untried(found).or(() -> fault.map(BucketFault::failure)).orElseGet(() -> ofBucket(found));
    }

    private Outcome ofBucket(Findings found) {
        Target target = diagnosis.needs().target();
        if (found.ofObjects().values().stream().noneMatch(Answer::isAllowed)
                && found.head().isDenied()) {
            return new Skipped("S3 denied every call, so nothing was learned about the bucket itself.");
        }
        return found.head()
                .refusal()
                .filter(failure -> !failure.isDenial())
                .<Outcome>map(failure -> diagnosis.of(
                        failure, NeededAction.LIST_BUCKET, diagnosis.needs().bucketArn()))
                .orElseGet(() -> new Passed("Bucket " + target.bucket() + " exists in " + target.region()
                        + found.owner()
                                .map(owner -> " and belongs to account " + owner + ".")
                                .orElse(". S3 did not confirm which account owns it.")));
    }
}
