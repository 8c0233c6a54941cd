package dev.sea.integrations.validation;

import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.TrustPolicy;
import dev.sea.integrations.probe.Answer;
import dev.sea.integrations.probe.AwsFailure;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Remedy;
import dev.sea.integrations.report.ValidationReport.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * {@code external-id-enforced}: STS denies SEA the role without an external ID, and with one that was never given to anybody.
 * Whoever knows the ARN of a role that allows either could reach its bucket as a customer of SEA.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy problem</a>
 */
record ExternalIdJudge(PresentedAccess access, Scope scope, RoleArn gateway, Diagnosis diagnosis) implements Judge {

    @Override
    public Check judge(Findings found) {
        Answer<AssumeRoleResponse> without = found.withoutExternalId();
        Answer<AssumeRoleResponse> other = found.withOtherExternalId();
        Duration longer = without.took().compareTo(other.took()) > 0 ? without.took() : other.took();
        boolean applies = access instanceof PresentedAccess.Role && scope == Scope.FULL;
        return new Check(
                CheckId.EXTERNAL_ID_ENFORCED,
                TrustPolicy.ASSUME_ROLE,
                access instanceof PresentedAccess.Role role ? role.role().value() : "*",
                applies,
                outcome(found, without, other),
                longer,
                without.requestId().or(other::requestId));
    }

    private Outcome outcome(Findings found, Answer<AssumeRoleResponse> without, Answer<AssumeRoleResponse> other) {
        if (!(access instanceof PresentedAccess.Role(RoleArn role, var externalId))) {
            return new Skipped("An access key has no external ID.");
        }
        if (scope == Scope.LIGHT) {
            return new Skipped("Checked by full validations only.");
        }
        if (!found.credentials().isGiven()) {
            return WITHOUT_CREDENTIALS;
        }
        if (without.isGiven() || other.isGiven()) {
            String how = without.isGiven() ? "without an external ID" : "with a made-up external ID";
            return new Failed(
                    FailureCode.EXTERNAL_ID_NOT_ENFORCED,
                    "STS lets SEA assume " + role + " " + how
                            + ": the trust policy does not require this integration's sts:ExternalId, so other customers of"
                            + " SEA could reach this bucket.",
                    new Remedy(
                            "Give the trust policy this statement, with sts:ExternalId under StringEquals (not StringLike"
                                    + " with wildcards, not StringEqualsIfExists), and remove every other statement that lets"
                                    + " SEA's account in.",
                            Optional.of(TrustPolicy.statement(gateway, externalId))));
        }
        return Stream.of(without, other)
                .flatMap(answer -> answer.refusal().stream())
                .filter(failure -> !failure.isDenial())
                .findFirst()
                .<Outcome>map(failure -> diagnosis.unknown(failure.isUnlearned() ? failure : AwsFailure.UNEXPECTED))
                .orElse(new Passed("STS denies SEA the role without the external ID and with another one."));
    }
}
