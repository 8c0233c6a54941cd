package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Remedy;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is wrong with the bucket as a whole, whichever answer told it: it does not exist, is in another region, or belongs to
 * another account. Single calls then fail because of that, and their failures say nothing more.
 */
record BucketFault(Failed failure) {

    static Optional<BucketFault> in(Findings found, Target target, Optional<AccountId> expectedOwner) {
        return elsewhere(found, target)
                .or(() -> any(found, FailureCode.NO_SUCH_BUCKET) ? Optional.of(gone(target)) : Optional.empty())
                .or(() -> found.tellsMoreWithoutOwner().given().orElse(false)
                        ? expectedOwner.map(owner -> another(target, owner))
                        : Optional.empty());
    }

    /** Whether a failed call's reason is this one. */
    boolean explains(AwsFailure of) {
        return of.isDenial() || of.code() == failure.code();
    }

    private static Optional<BucketFault> elsewhere(Findings found, Target target) {
        Optional<String> other = Stream.concat(
                        found.head().given().map(response -> response.bucketRegion()).stream()
                                .filter(Objects::nonNull),
                        found.ofBucket()
                                .flatMap(answer -> answer.refusal().stream())
                                .flatMap(failure -> failure.bucketRegion().stream()))
                .filter(region -> !region.equals(target.region().id()))
                .findFirst();
        if (other.isEmpty() && !any(found, FailureCode.WRONG_REGION)) {
            return Optional.empty();
        }
        String where = other.map(region -> "region " + region).orElse("another region, which S3 does not name");
        return Optional.of(new BucketFault(new Failed(
                FailureCode.WRONG_REGION,
                "Bucket " + target.bucket() + " is in " + where + ", not in " + target.region() + ".",
                Remedy.of(other.map(region -> "Set the integration's region to " + region + ".")
                        .orElse("Set the integration's region to the bucket's region.")))));
    }

    private static BucketFault gone(Target target) {
        return new BucketFault(new Failed(
                FailureCode.NO_SUCH_BUCKET,
                "There is no bucket " + target.bucket() + ".",
                Remedy.of("Check the bucket's name, or create the bucket in " + target.region() + ".")));
    }

    private static BucketFault another(Target target, AccountId owner) {
        return new BucketFault(new Failed(
                FailureCode.WRONG_OWNER,
                "Bucket " + target.bucket() + " does not belong to account " + owner
                        + ": S3 denies every call that names this account as the owner, and says more when no owner is named.",
                Remedy.of(
                        "Check that the bucket is yours. If it moved to another account, set the integration's expected"
                                + " bucket owner to that account.")));
    }

    private static boolean any(Findings found, FailureCode code) {
        return found.ofBucket()
                .flatMap(answer -> answer.refusal().stream())
                .anyMatch(failure -> failure.code() == code);
    }
}
