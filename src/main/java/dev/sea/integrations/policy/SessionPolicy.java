package dev.sea.integrations.policy;

import dev.sea.integrations.aws.KeyPrefix;
import java.util.List;

/**
 * What a session of a customer's role is cut down to: this bucket, this prefix, the actions that SEA needs. A session may
 * do what role and session policy both allow, so it must never cut what an integration needs:
 *
 * <ul>
 *   <li>s3:ListBucket has no condition on the prefix, since HeadBucket carries none;
 *   <li>the KMS actions are allowed on every key, since the bucket's key is not known beforehand;
 *   <li>tagging is allowed even where its lack would be a warning only.
 * </ul>
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session">Session
 *     policies</a>
 */
public final class SessionPolicy {
    /** STS's limit, in characters. */
    static final int MAX_LENGTH = 2048;

    private SessionPolicy() {}

    /** As narrow as fits: a prefix whose escapes are too long is left out. Never empty, which would mean the full role. */
    public static String of(AccessNeeds needs) {
        String narrow = text(needs, needs.target().prefix());
        return narrow.length() <= MAX_LENGTH ? narrow : wholeBucket(needs);
    }

    /** For STS's PackedPolicyTooLarge, whose binary limit is not published. */
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
