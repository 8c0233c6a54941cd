package dev.sea.integrations.validation;

import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.report.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to fix where the bucket's KMS key cannot be used, with the statement to add if one is missing. */
record KeyRemedies(AccessNeeds needs, Principal principal) {

    /** @param actions all that were denied on the key */
    Remedy of(Denial denial, List<NeededAction> actions, Optional<KmsKeyArn> key) {
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
                                        + "; name the key, since an alias grants nothing. In place of the statement, "
                                        + grant(actions),
                                allow);
            case RESOURCE_POLICY ->
                denial.explicit()
                        ? Remedy.of("Find the Deny in the key policy of " + which + " that applies to " + denied
                                + ", and exempt " + principal.arn() + " from it.")
                        : Remedies.with(
                                principal.granted(
                                        AccessNeeds.inKeyPolicy(actions).withoutSid()),
                                "Add this statement to the key policy of " + which
                                        + ". If the key belongs to another account than " + principal
                                        + ", its permissions policy must allow " + denied
                                        + " on the key as well. In place of the key policy's statement, "
                                        + grant(actions));
            case BOUNDARY ->
                denial.explicit()
                        ? Remedy.of("Remove the Deny that applies to " + denied + " on " + which
                                + " from the permissions boundary of " + principal + ".")
                        : new Remedy(
                                "Allow " + denied + " on " + which + " in the permissions boundary of " + principal
                                        + ".",
                                allow);
            case SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY ->
                Remedy.of("Ask the administrators of your AWS organization to let " + principal.arn() + " use " + denied
                        + " on " + which + ".");
            case SESSION_POLICY, VPC_ENDPOINT_POLICY, TRUST_POLICY -> Remedies.ofOurs();
        };
    }

    /**
     * What a grant of the key must hold.
     *
     * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html">Grant constraints</a>
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context">S3's
     *     encryption context</a>
     */
    private String grant(List<NeededAction> actions) {
        String operations = actions.stream()
                .map(action -> action.id().substring("kms:".length()))
                .collect(Collectors.joining(", "));
        return "a grant of the key to " + principal.arn() + " that allows " + operations
                + " does the same. If there is such a grant already, check its constraints: S3 uses the key with the"
                + " encryption context aws:s3:arn, which is the ARN of the object (" + needs.objectArn("...")
                + "), or of the bucket (" + needs.bucketArn() + ") if the bucket uses an S3 Bucket Key.";
    }

    Remedy ofUnusable(String awsCode, Target target) {
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
}
