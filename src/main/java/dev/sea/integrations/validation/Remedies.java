package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.report.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to fix where a policy of the customer's denies an action, with the statement to add if one is missing. */
final class Remedies {
    private final AccessNeeds needs;
    private final Principal principal;
    private final Seen seen;

    Remedies(AccessNeeds needs, Principal principal, Seen seen) {
        this.needs = needs;
        this.principal = principal;
        this.seen = seen;
    }

    /**
     * What rules out some causes.
     *
     * @param provedBefore whether the access has worked before, so that nothing of it is new
     * @param anyAllowed whether S3 allowed another call of this validation
     */
    record Seen(boolean provedBefore, boolean anyAllowed) {}

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
     *
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency">Changes
     *     that I make are not always immediately visible</a>
     */
    private String whileNew() {
        return seen.provedBefore()
                ? ""
                : "If the access key was just made, wait a minute and test again: AWS does not know a new key in all regions"
                        + " at once. ";
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
                        : with(principal.granted(allow), "Add this statement to the bucket policy of " + bucket + ".");
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
            case UNTOLD, TRUST_POLICY -> with(principal.granted(allow), inOrder(causes(action)));
        };
    }

    private static String inOrder(List<String> causes) {
        StringBuilder text = new StringBuilder("Check these in order.");
        for (int i = 0; i < causes.size(); i++) {
            text.append(" (").append(i + 1).append(") ").append(causes.get(i));
        }
        return text.toString();
    }

    /**
     * What can be behind a denial without a reason, most likely first. S3 gives no reason where the bucket belongs to another
     * account. Policies come before the bucket's settings, which can deny a call whatever the policies say.
     */
    private List<String> causes(NeededAction action) {
        String bucket = needs.target().bucket().value();
        List<String> causes = new ArrayList<>(List.of(
                "The bucket policy of " + bucket + ": if the bucket belongs to another account than " + principal
                        + ", it needs this statement, and no Deny in it may apply.",
                "The permissions policy of " + principal + ": it needs the same statement without Principal.",
                "The permissions boundary of " + principal + ", if it has one.",
                "The service control policies of your organization."));
        if (!seen.anyAllowed()) {
            causes.add("Requester Pays on " + bucket + ": S3 then denies every call of another account that does not"
                    + " offer to pay, and SEA does not. Turn it off.");
        }
        switch (action) {
            case PUT_OBJECT -> {
                causes.add("Object Ownership of " + bucket + ": uploads of SEA carry no ACL. If a Deny demands the ACL"
                        + " bucket-owner-full-control, remove it and choose Bucket owner enforced.");
                causes.add(ofForeignKey(NeededAction.GENERATE_DATA_KEY));
                causes.add(
                        "Object Lock on " + bucket + ": uploads of SEA carry no retention and no legal hold. If a Deny"
                                + " demands them, remove it and set a default retention.");
            }
            case GET_OBJECT -> {
                causes.add(ofForeignObjects());
                causes.add(ofForeignKey(NeededAction.DECRYPT));
            }
            case GET_OBJECT_TAGGING -> causes.add(ofForeignObjects());
            default -> {}
        }
        return causes;
    }

    /**
     * For objects that another account owns.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html">Object Ownership</a>
     */
    private String ofForeignObjects() {
        return "Object Ownership of " + needs.target().bucket() + ": if ACLs are enabled, an object may belong to the"
                + " account that wrote it, and the bucket policy cannot let others read it. Choose Bucket owner enforced.";
    }

    private String ofForeignKey(NeededAction action) {
        return "The bucket's KMS key, if it has one: its key policy or a grant must let " + principal + " use " + action
                + ".";
    }

    static Remedy ofOurs() {
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

    static Remedy with(Statement statement, String text) {
        return new Remedy(text, Optional.of(statement));
    }
}
