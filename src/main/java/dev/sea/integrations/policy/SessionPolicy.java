package dev.sea.integrations.policy;

import dev.sea.integrations.aws.KeyPrefix;
import java.util.List;

/**
 * What a session of a customer's role may do at most: the actions that SEA needs, on this bucket and prefix. A session may do
 * what the role and the session policy both allow, so this policy must allow all that an integration needs:
 *
 * <ul>
 *   <li>s3:ListBucket has no condition on the prefix, since HeadBucket sends none;
 *   <li>the KMS actions are allowed on every key, since the bucket's key is not known in advance;
 *   <li>s3:GetObjectTagging is allowed even if SEA does not need it, so that the check can tell.
 * </ul>
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session">Session
 *     policies</a>
 */
public final class SessionPolicy {
    /** STS's limit, in characters of compact JSON. */
    static final int MAX_LENGTH = 2048;

    private SessionPolicy() {}

    /** As narrow as fits: without the prefix if its escapes make the policy too long. */
    public static String of(AccessNeeds needs) {
        String narrow = text(needs, needs.target().prefix());
        return narrow.length() <= MAX_LENGTH ? narrow : wholeBucket(needs);
    }

    /** Without the prefix. For when STS answers PackedPolicyTooLarge: AWS does not publish that limit. */
    public static String wholeBucket(AccessNeeds needs) {
        return text(needs, KeyPrefix.NONE);
    }

    private static String text(AccessNeeds needs, KeyPrefix prefix) {
        AccessNeeds everything = new AccessNeeds(needs.target(), true);
        return PolicyDocument.of(List.of(
                        allow(List.of(NeededAction.LIST_BUCKET), needs.bucketArn()),
                        allow(everything.objectActions(), needs.objectsPattern(prefix)),
                        allow(AccessNeeds.KEY_ACTIONS, "*")))
                .json();
    }

    private static Statement allow(List<NeededAction> actions, String resource) {
        return Statement.allow("", actions.stream().map(NeededAction::id).toList(), List.of(resource));
    }
}
