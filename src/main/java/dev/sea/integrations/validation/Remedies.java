package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.probe.Denial;
import dev.sea.integrations.report.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to fix where a policy of the customer's denies an action, with the statement to add if one is missing. */
final class Remedies {
    private final AccessNeeds needs;
    private final Principal principal;
    private final boolean provedBefore;

    /** @param provedBefore whether the access has worked before, so that nothing of it is new */
    Remedies(AccessNeeds needs, Principal principal, boolean provedBefore) {
        this.needs = needs;
        this.principal = principal;
        this.provedBefore = provedBefore;
    }

    /** For an access key that AWS does not know anywhere. */
    Remedy ofUnknownKey() {
        return Remedy.of(whileNew()
                + "Check the access key ID. The key may be inactive or deleted, or belong to another AWS partition.");
    }

    /** For credentials that STS knows and the bucket's region does not. */
    Remedy ofKeyUnknownIn(AwsRegion region) {
        String enable = "Enable region " + region + " in the account of " + principal + ", which has to be done once.";
        if (!principal.usesKey()) {
            return Remedy.of(enable);
        }
        return Remedy.of(whileNew()
                + (region.isOptIn()
                        ? enable + " If it is enabled, check that the access key is still active."
                        : "Check that the access key is still active: a key that was deactivated or deleted a moment ago may"
                                + " work in one region and no longer in another."));
    }

    /**
     * What a key that has never worked may lack.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency">Changes
     *     that I make are not always immediately visible</a>
     */
    private String whileNew() {
        return provedBefore
                ? ""
                : "If the access key was just made, wait a minute and test again: AWS does not know a new key in all regions"
                        + " at once. Otherwise: ";
    }

    /** @param action the one that was denied, on the bucket or its objects */
    Remedy of(Denial denial, NeededAction action) {
        Statement allow = needs.granting(action).withoutSid();
        String bucket = needs.target().bucket().value();
        return switch (denial.by()) {
            case IDENTITY_POLICY ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the policies of " + principal + " that applies to " + action
                                + ", and narrow it so that it does not apply to SEA." + oftenDemands(action))
                        : with(allow, "Add this statement to the permissions policy of " + principal + ".");
            case RESOURCE_POLICY ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the bucket policy of " + bucket + " that applies to " + action
                                + ", and exempt " + principal.arn()
                                + " from it. SEA calls from its own network, outside your"
                                + " VPC endpoints and your organization." + oftenDemands(action))
                        : with(granted(allow), "Add this statement to the bucket policy of " + bucket + ".");
            case BOUNDARY ->
                denial.explicit()
                        ? Remedy.of("Remove the Deny that applies to " + action + " from the permissions boundary of "
                                + principal + ".")
                        : with(
                                allow,
                                "Add this statement to the permissions boundary of " + principal
                                        + ": it limits what its other policies can grant.");
            case SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY ->
                Remedy.of("Ask the administrators of your AWS organization to let " + principal.arn() + " use " + action
                        + " on " + needs.bucketArn() + ".");
            case VPC_ENDPOINT_POLICY, SESSION_POLICY -> ofOurs();
            case UNTOLD, TRUST_POLICY ->
                with(
                        granted(allow),
                        "Check these in order. (1) The bucket policy of " + bucket
                                + ": if the bucket belongs to another"
                                + " account than " + principal
                                + ", it needs this statement, and no Deny in it may apply. (2) The"
                                + " permissions policy of " + principal
                                + ": it needs the same statement without Principal. (3) The permissions boundary of "
                                + principal
                                + ", if it has one. (4) The service control policies of your organization.");
        };
    }

    /** @param actions all that were denied on the key */
    Remedy ofKey(Denial denial, List<NeededAction> actions, Optional<KmsKeyArn> key) {
        String denied = actions.stream().map(NeededAction::id).collect(Collectors.joining(", "));
        String which = key.map(arn -> "the key " + arn).orElse("the bucket's key");
        Optional<Statement> allow = key.map(arn -> needs.onKey(actions, arn).withoutSid());
        return switch (denial.by()) {
            case IDENTITY_POLICY, UNTOLD ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the policies of " + principal + " that applies to " + denied
                                + ", and narrow it.")
                        : new Remedy(
                                "Allow " + denied + " on " + which + " in the permissions policy of " + principal
                                        + "; name the key, since an alias grants nothing.",
                                allow);
            case RESOURCE_POLICY ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the key policy of " + which + " that applies to " + denied
                                + ", and exempt " + principal.arn() + " from it.")
                        : with(
                                granted(AccessNeeds.inKeyPolicy(actions).withoutSid()),
                                "Add this statement to the key policy of " + which
                                        + ". If the key belongs to another account than " + principal
                                        + ", its permissions policy must allow " + denied + " on the key as well.");
            case BOUNDARY ->
                new Remedy(
                        "Allow " + denied + " on " + which + " in the permissions boundary of " + principal + ".",
                        allow);
            case SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY ->
                Remedy.of("Ask the administrators of your AWS organization to let " + principal.arn() + " use " + denied
                        + " on " + which + ".");
            case SESSION_POLICY, VPC_ENDPOINT_POLICY, TRUST_POLICY -> ofOurs();
        };
    }

    Remedy ofUnusableKey(String awsCode, Target target) {
        String otherwise = target.kmsKey().isPresent()
                ? ", or name another key in the integration, or none."
                : ", or give bucket " + target.bucket() + " another key for its default encryption.";
        if (awsCode.endsWith("DisabledException")) {
            return Remedy.of("Enable the key" + otherwise);
        }
        return awsCode.endsWith("KMSInvalidStateException")
                ? Remedy.of("Cancel the key's deletion, if that is pending, and enable it" + otherwise)
                : Remedy.of("Make sure that it is a symmetric encryption key in region " + target.region() + otherwise);
    }

    private static Remedy ofOurs() {
        return Remedy.of("You cannot fix this: give the request ID to Cisco support.");
    }

    private String oftenDemands(NeededAction action) {
        if (action != NeededAction.PUT_OBJECT) {
            return "";
        }
        return needs.target().kmsKey().isEmpty()
                ? " If it requires an encryption header, name the KMS key in the integration: uploads then carry it."
                : " Uploads carry aws:kms and the key that the integration names. If it requires another encryption, take"
                        + " the key out of the integration or let the policy accept aws:kms with this key.";
    }

    private Statement granted(Statement allow) {
        return principal.arn().isEmpty() ? allow : allow.withPrincipal(principal.arn());
    }

    private static Remedy with(Statement statement, String text) {
        return new Remedy(text, Optional.of(statement));
    }
}
