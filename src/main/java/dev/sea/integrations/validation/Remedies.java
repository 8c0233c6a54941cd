package dev.sea.integrations.validation;

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

/** What to mend where a policy of the customer's refuses an action, with the statement to add where one lacks. */
final class Remedies {
    private final AccessNeeds needs;
    private final Principal principal;

    Remedies(AccessNeeds needs, Principal principal) {
        this.needs = needs;
        this.principal = principal;
    }

    /** @param action the one that was refused, on the bucket or its objects */
    Remedy of(Denial denial, NeededAction action) {
        Statement allow = needs.granting(action).withoutSid();
        String bucket = needs.target().bucket().value();
        return switch (denial.by()) {
            case IDENTITY_POLICY ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the policies of " + principal + " that reaches " + action
                                + ", and narrow it so that it spares SEA." + oftenDemands(action))
                        : with(allow, "Add this statement to the permissions policy of " + principal + ".");
            case RESOURCE_POLICY ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the bucket policy of " + bucket + " that reaches " + action
                                + ", and except " + principal.arn()
                                + " from it; SEA calls from its own network, outside your"
                                + " VPC endpoints and your organization." + oftenDemands(action))
                        : with(granted(allow), "Add this statement to the bucket policy of " + bucket + ".");
            case BOUNDARY ->
                denial.explicit()
                        ? Remedy.of("Take the Deny that reaches " + action + " out of the permissions boundary of "
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
                        "Look in this order. The bucket policy of " + bucket + ": where the bucket belongs to another"
                                + " account than " + principal
                                + ", it needs this statement, and no Deny in it may apply. The"
                                + " permissions policy of " + principal
                                + ": it needs the same without Principal. A permissions"
                                + " boundary of " + principal + ". The service control policies of your organization.");
        };
    }

    /** @param actions all that were refused on the key */
    Remedy ofKey(Denial denial, List<NeededAction> actions, Optional<KmsKeyArn> key) {
        String refused = actions.stream().map(NeededAction::id).collect(Collectors.joining(", "));
        String which = key.map(arn -> "the key " + arn).orElse("the bucket's key");
        Optional<Statement> allow = key.map(arn -> needs.onKey(actions, arn).withoutSid());
        return switch (denial.by()) {
            case IDENTITY_POLICY, UNTOLD ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the policies of " + principal + " that reaches " + refused
                                + ", and narrow it.")
                        : new Remedy(
                                "Allow " + refused + " on " + which + " in the permissions policy of " + principal
                                        + "; name the key, since an alias grants nothing.",
                                allow);
            case RESOURCE_POLICY ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the key policy of " + which + " that reaches " + refused
                                + ", and except " + principal.arn() + " from it.")
                        : with(
                                granted(AccessNeeds.inKeyPolicy(actions).withoutSid()),
                                "Add this statement to the key policy of " + which
                                        + ". If the key belongs to another account than " + principal
                                        + ", its permissions policy must allow " + refused + " on the key as well.");
            case BOUNDARY ->
                new Remedy(
                        "Allow " + refused + " on " + which + " in the permissions boundary of " + principal + ".",
                        allow);
            case SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY ->
                Remedy.of("Ask the administrators of your AWS organization to let " + principal.arn() + " use "
                        + refused + " on " + which + ".");
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
                : Remedy.of("Make sure that it is a symmetric encryption key of region " + target.region() + otherwise);
    }

    private static Remedy ofOurs() {
        return Remedy.of("This is not yours to mend: give the request ID to Cisco's support.");
    }

    private static String oftenDemands(NeededAction action) {
        return action == NeededAction.PUT_OBJECT
                ? " If it demands an encryption header, name the KMS key in the integration: uploads then carry it."
                : "";
    }

    private Statement granted(Statement allow) {
        return principal.arn().isEmpty() ? allow : allow.withPrincipal(principal.arn());
    }

    private static Remedy with(Statement statement, String text) {
        return new Remedy(text, Optional.of(statement));
    }
}
