package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Encryption;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Unknown;
import dev.sea.integrations.report.Remedy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words why a call failed: what was denied on which resource, by which policy if AWS says so, and what to fix. */
final class Diagnosis {
    private final AccessNeeds needs;
    private final Principal principal;
    private final Remedies remedies;
    private final KeyRemedies keyRemedies;

    Diagnosis(AccessNeeds needs, Principal principal, Remedies.Seen seen) {
        this.needs = needs;
        this.principal = principal;
        this.remedies = new Remedies(needs, principal, seen);
        this.keyRemedies = new KeyRemedies(needs, principal);
    }

    AccessNeeds needs() {
        return needs;
    }

    Principal principal() {
        return principal;
    }

    /** For a call to S3 that needs an action on a resource. KMS behind S3 may be what denied it. */
    Outcome of(AwsFailure failure, NeededAction action, String resource) {
        if (failure.isUnlearned()) {
            return unknown(failure);
        }
        return failure.denial().isPresent()
                ? ofDenial(failure, failure.denial().orElseThrow(), action, resource)
                : ofFault(failure);
    }

    Unknown unknown(AwsFailure failure) {
        String named = failure.awsCode().isEmpty() ? "" : " (" + failure.awsCode() + ")";
        return new Unknown(
                failure.code(),
                switch (failure.code()) {
                    case THROTTLED -> "AWS throttled the call" + named + ": nothing was learned. Try again.";
                    case TIMED_OUT -> "AWS did not answer in time: nothing was learned. Try again.";
                    case SERVICE_FAULT ->
                        "Something of SEA's own failed" + named
                                + ": nothing was learned about your set-up. You need not change anything.";
                    case SESSION_POLICY_DENIED ->
                        "SEA's own session policy denied the call: nothing was learned about your set-up. You need not change"
                                + " anything.";
                    case AWS_UNAVAILABLE -> "AWS was unavailable" + named + ": nothing was learned. Try again.";
                    default -> "AWS does not normally answer this call this way" + named + ": nothing was learned.";
                });
    }

    private Outcome ofDenial(AwsFailure failure, Denial denial, NeededAction asked, String resource) {
        NeededAction action = denial.action().flatMap(Diagnosis::needed).orElse(asked);
        if (AccessNeeds.KEY_ACTIONS.contains(action)) {
            Optional<KmsKeyArn> key = denial.resource()
                    .flatMap(Encryption::key)
                    .or(() -> needs.target().kmsKey());
            return ofKey(failure, List.of(action), key);
        }
        String on = denial.resource().orElse(resource);
        return new Failed(
                failure.code(),
                action + " on " + on + " is denied: " + who(denial, "bucket policy") + ".",
                remedies.of(denial, action));
    }

    /** For one or more actions on a key that the key's policy or the principal's denies. */
    Failed ofKey(AwsFailure failure, List<NeededAction> actions, Optional<KmsKeyArn> key) {
        Denial denial = failure.denial().orElse(Denial.BARE);
        String denied = actions.stream().map(NeededAction::id).collect(Collectors.joining(", "));
        String on = key.map(KmsKeyArn::value).orElse("the bucket's KMS key (AWS names no key across accounts)");
        return new Failed(
                failure.code(),
                denied + " on " + on + (actions.size() > 1 ? " are" : " is") + " denied: " + who(denial, "key policy")
                        + ".",
                keyRemedies.of(denial, actions, key));
    }

    private Outcome ofFault(AwsFailure failure) {
        return switch (failure.code()) {
            case KMS_KEY_UNUSABLE -> ofUnusableKey(failure);
            case INVALID_ACCESS_KEY -> ofKeyUnknownTo("S3", failure);
            // STS accepted the secret a moment ago, so this says nothing about it.
            default -> unknown(AwsFailure.UNEXPECTED);
        };
    }

    /**
     * For credentials that STS accepted a moment ago, and a service in the bucket's region does not know. A role's session
     * needs no time to spread: if its account need not enable the region, nothing explains such an answer.
     */
    Outcome ofKeyUnknownTo(String awsService, AwsFailure failure) {
        AwsRegion region = needs.target().region();
        return principal.usesKey() || region.isOptIn()
                ? new Failed(
                        failure.code(),
                        awsService + " in " + region + " does not know the credentials of " + principal
                                + ", though STS accepted them.",
                        remedies.ofKeyUnknownIn(region))
                : unknown(AwsFailure.UNEXPECTED);
    }

    Remedy ofUnknownKey() {
        return remedies.ofUnknownKey();
    }

    Failed ofUnusableKey(AwsFailure failure) {
        String code = failure.awsCode();
        String state = code.endsWith("DisabledException")
                ? "is disabled"
                : code.endsWith("KMSInvalidStateException")
                        ? "is pending deletion, or in another state in which it cannot be used"
                        : "does not exist, or cannot be used here";
        return new Failed(failure.code(), usedKey() + " " + state + ".", keyRemedies.ofUnusable(code, needs.target()));
    }

    /** S3 names no key in such an answer. Which one it used is known only if the integration names it. */
    private String usedKey() {
        return needs.target()
                .kmsKey()
                .map(key -> "The KMS key " + key + " that the integration names")
                .orElse("The KMS key that bucket " + needs.target().bucket() + " encrypts with");
    }

    private String who(Denial denial, String resourcePolicy) {
        String verb = denial.explicit() ? " denies it explicitly" : " does not allow it";
        return switch (denial.by()) {
            case IDENTITY_POLICY ->
                denial.explicit()
                        ? "a policy of " + principal + verb
                        : "no permissions policy of " + principal + " allows it";
            case RESOURCE_POLICY -> "the " + resourcePolicy + verb;
            case BOUNDARY -> "the permissions boundary of " + principal + verb;
            case SERVICE_CONTROL_POLICY -> "a service control policy of the organization" + verb;
            case RESOURCE_CONTROL_POLICY -> "a resource control policy of the organization" + verb;
            case SESSION_POLICY -> "SEA's own session policy" + verb + ", which is a fault in SEA";
            case VPC_ENDPOINT_POLICY -> "the policy of the VPC endpoint that SEA calls through" + verb;
            case TRUST_POLICY, UNTOLD -> "AWS does not say by which policy";
        };
    }

    private static Optional<NeededAction> needed(String id) {
        return Arrays.stream(NeededAction.values())
                .filter(action -> action.id().equals(id))
                .findFirst();
    }
}
