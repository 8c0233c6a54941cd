package dev.sea.integrations.validation;

import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.TrustPolicy;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Session;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Unknown;
import dev.sea.integrations.report.Remedy;
import java.util.Optional;

/**
 * {@code credentials}: STS accepts the role or access key that the customer presented, and it does not belong to the service's
 * own account.
 *
 * @param nameFits whether the service may still assume a role of this name
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity, which needs no
 *     permission</a>
 */
record CredentialsJudge(PresentedAccess access, RoleArn gateway, boolean nameFits, Diagnosis diagnosis)
        implements Judge {

    @Override
    public Check judge(Findings found) {
        Outcome outcome = switch (found.credentials()) {
            case Answer.Given<Session> given ->
                new Passed("STS accepts " + diagnosis.principal() + " of account "
                        + given.value().account() + ".");
            case Answer.Refused<Session> refused -> refused(refused.failure());
            case Answer.Unasked<Session> _ -> new Skipped("Not tried.");
        };
        String action = access instanceof PresentedAccess.Role ? TrustPolicy.ASSUME_ROLE : "sts:GetCallerIdentity";
        return new Check(
                CheckId.CREDENTIALS,
                action,
                resource(),
                true,
                outcome,
                found.credentials().took(),
                found.credentials().requestId());
    }

    private String resource() {
        return switch (access) {
            case PresentedAccess.Role role -> role.role().value();
            case PresentedAccess.Keys _ ->
                diagnosis.principal().arn().isEmpty()
                        ? "*"
                        : diagnosis.principal().arn();
        };
    }

    private Outcome refused(AwsFailure failure) {
        if (failure.code() == FailureCode.SERVICE_FAULT && !nameFits) {
            return new Unknown(
                    failure.code(),
                    "The prefix that SEA requires in role names has changed since " + diagnosis.principal()
                            + " was accepted, so SEA may not assume it any more: nothing was learned. Ask Cisco support for"
                            + " the new prefix.");
        }
        if (failure.isUnlearned()) {
            return diagnosis.unknown(failure);
        }
        Principal principal = diagnosis.principal();
        return switch (failure.code()) {
            case OWN_ACCOUNT ->
                new Failed(
                        failure.code(),
                        "The " + principal + " belongs to the account that SEA itself runs in.",
                        Remedy.of("Use a role or an access key of the account that owns the bucket."));
            case INVALID_ACCESS_KEY ->
                new Failed(failure.code(), "STS knows no active " + principal + ".", diagnosis.ofUnknownKey());
            case SIGNATURE_MISMATCH ->
                new Failed(
                        failure.code(),
                        "The secret access key does not match the " + principal + ".",
                        Remedy.of("Enter the secret access key again. If it is lost, create a new access key."));
            case STS_REGION_DISABLED ->
                new Failed(
                        failure.code(),
                        "STS is not activated in this region for the account of the " + principal + ".",
                        Remedy.of("Activate STS for the region in the account settings of IAM."));
            default -> denied(failure);
        };
    }

    private Outcome denied(AwsFailure failure) {
        if (!(access instanceof PresentedAccess.Role(RoleArn role, var externalId))) {
            return new Failed(
                    failure.code(),
                    "sts:GetCallerIdentity was denied, although no policy can deny it.",
                    Remedy.of("Give the request ID to Cisco support."));
        }
        return new Failed(
                failure.code(),
                "STS does not let SEA assume " + role
                        + ". AWS does not say whether the role is missing or its trust policy denies SEA.",
                new Remedy(
                        "Check that the role exists under exactly this ARN: its path counts, and so do upper and lower case."
                                + " Check that its trust policy has this statement, with SEA's gateway role as principal and"
                                + " the external ID shown here under sts:ExternalId. Remove any further condition (on MFA,"
                                + " source or network) that SEA cannot meet.",
                        Optional.of(TrustPolicy.statement(gateway, externalId))));
    }
}
