package dev.sea.integrations.validation;

import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.NegativeTry;
import dev.sea.integrations.policy.TrustPolicy;
import dev.sea.integrations.probe.Findings;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code external-id-enforced}: STS denies SEA the role without an external ID, with one that was never given to anybody, and with
 * some that a loose comparison confuses with the right one. Whoever knows the ARN of a role that allows any of these could
 * reach its bucket as a customer of SEA.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy problem</a>
 */
record ExternalIdJudge(PresentedAccess access, Scope scope, RoleArn gateway, Diagnosis diagnosis) implements Judge {

    @Override
    public Check judge(Findings found) {
        return new Check(
                CheckId.EXTERNAL_ID_ENFORCED,
                TrustPolicy.ASSUME_ROLE,
                access instanceof PresentedAccess.Role role ? role.role().value() : "*",
                access instanceof PresentedAccess.Role && scope == Scope.FULL,
                outcome(found),
                answers(found).map(Answer::took).max(Comparator.naturalOrder()).orElse(Duration.ZERO),
                answers(found).flatMap(answer -> answer.requestId().stream()).findFirst());
    }

    private Outcome outcome(Findings found) {
        if (!(access instanceof PresentedAccess.Role role)) {
            return new Skipped("An access key has no external ID.");
        }
        if (scope == Scope.LIGHT) {
            return new Skipped("Checked by full validations only.");
        }
        if (!found.credentials().isGiven()) {
            return WITHOUT_CREDENTIALS;
        }
        Optional<Outcome> letIn = found.negatives().stream()
                .filter(tried -> tried.answer().isGiven())
                .findFirst()
                .map(tried -> notEnforced(role, tried.negative().kind()));
        Optional<Outcome> unknown = answers(found)
                .flatMap(answer -> answer.refusal().stream())
                .filter(failure -> !failure.isDenial())
                .findFirst()
                .map(failure -> diagnosis.unknown(failure.isUnlearned() ? failure : AwsFailure.UNEXPECTED));
        return letIn.or(() -> unknown).orElseGet(() -> enforced(role));
    }

    private static Stream<Answer<AssumedSession>> answers(Findings found) {
        return found.negatives().stream().map(Findings.Tried::answer);
    }

    private Outcome notEnforced(PresentedAccess.Role role, NegativeTry.Kind kind) {
        String how = switch (kind) {
            case WITHOUT -> "without an external ID";
            case NEVER_GIVEN_OUT -> "with a made-up external ID";
            case TWICE -> "with the external ID written twice in a row";
            case OTHER_CASE -> "with one letter of the external ID in the other case";
            case OTHER_END -> "with another character at the end of the external ID";
        };
        return new Failed(
                FailureCode.EXTERNAL_ID_NOT_ENFORCED,
                "STS lets SEA assume " + role.role() + " " + how
                        + ": the trust policy does not require exactly this integration's sts:ExternalId, so other customers"
                        + " of SEA could reach this bucket.",
                new Remedy(
                        "Give the trust policy this statement, with sts:ExternalId under StringEquals (not StringLike,"
                                + " StringEqualsIgnoreCase or StringEqualsIfExists), and remove every other statement that"
                                + " lets SEA's account in.",
                        Optional.of(TrustPolicy.statement(gateway, role.externalId()))));
    }

    private static Outcome enforced(PresentedAccess.Role role) {
        return role.externalId().isGuessable()
                ? new Warning(
                        FailureCode.GUESSABLE_EXTERNAL_ID,
                        "STS denies SEA the role without this external ID, but the ID is easy to guess. Another customer of"
                                + " SEA who guesses it and knows the role's ARN could reach this bucket.",
                        Remedy.of(
                                "Let SEA generate an external ID (POST /v1/external-ids). Put it into the role's trust"
                                        + " policy in place of this one, then into the integration."))
                : new Passed("STS denies SEA the role without the external ID and with others.");
    }
}
