package dev.sea.integrations.policy;

import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.NeededAction.On;
import java.util.ArrayList;
import java.util.List;

/**
 * The permissions that SEA needs for an integration: the one list that the session policy, the probes, the remedies and the
 * generated policies read.
 *
 * @param sessionMetadata whether they include s3:GetObjectTagging
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Which
 *     permission an S3 call needs, and on what</a>
 */
public record AccessNeeds(Target target, boolean sessionMetadata) {
    /** All that SEA does with a key. S3 needs the last two for put and get. */
    public static final List<NeededAction> KEY_ACTIONS =
            List.of(NeededAction.ENCRYPT, NeededAction.DECRYPT, NeededAction.GENERATE_DATA_KEY);

    private static final String LIST_SID = "SeaList";
    private static final String OBJECTS_SID = "SeaObjects";
    private static final String KEY_SID = "SeaKey";

    /** The actions on the bucket's objects. */
    public List<NeededAction> objectActions() {
        return sessionMetadata
                ? List.of(NeededAction.PUT_OBJECT, NeededAction.GET_OBJECT, NeededAction.GET_OBJECT_TAGGING)
                : List.of(NeededAction.PUT_OBJECT, NeededAction.GET_OBJECT);
    }

    /** Whether SEA cannot work without this action on the bucket or its objects. */
    public boolean requires(NeededAction action) {
        return action.on() == On.BUCKET || objectActions().contains(action);
    }

    /**
     * The permissions policy: one statement for the bucket, one for its objects, and one for the target's key if it names
     * one.
     */
    public List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        statements.add(listing());
        statements.add(onObjects(objectActions()));
        target.kmsKey().ifPresent(key -> statements.add(onKey(KEY_ACTIONS, key)));
        return List.copyOf(statements);
    }

    /** The smallest statement that grants one action of S3's. */
    public Statement granting(NeededAction action) {
        return switch (action.on()) {
            case BUCKET -> listing();
            case OBJECTS -> onObjects(List.of(action));
            case KEY -> throw new IllegalArgumentException(action + " is granted on a key");
        };
    }

    /** The statement that grants actions on a key, in a permissions policy. */
    public Statement onKey(List<NeededAction> actions, KmsKeyArn key) {
        return Statement.allow(KEY_SID, ids(actions), List.of(key.value()));
    }

    /**
     * The statement that grants actions in a key policy, where {@code *} means the key itself.
     *
     * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html">Key policies, Resource</a>
     */
    public static Statement inKeyPolicy(List<NeededAction> actions) {
        return Statement.allow(KEY_SID, ids(actions), List.of("*"));
    }

    /** Denies everybody everything on the bucket's objects; for a bucket policy, under a condition. */
    public Statement denyingObjects() {
        return Statement.deny(List.of("s3:*"), List.of(bucketArn() + "/*"));
    }

    /** The ARN of the bucket. */
    public String bucketArn() {
        return "arn:" + target.partition().id() + ":s3:::" + target.bucket();
    }

    /** The object's ARN, for people and for comparison. In a policy it would be read as a pattern. */
    public String objectArn(String key) {
        return bucketArn() + "/" + key;
    }

    /** The ARN that an action is needed on: the bucket's, or that of the object with this key. */
    public String resource(NeededAction action, String key) {
        return action.on() == On.BUCKET ? bucketArn() : objectArn(key);
    }

    private Statement listing() {
        return listing(target.prefix());
    }

    Statement listing(KeyPrefix prefix) {
        Statement whole = Statement.allow(LIST_SID, ids(List.of(NeededAction.LIST_BUCKET)), List.of(bucketArn()));
        String pattern = PatternText.of(prefix.value());
        return prefix.isEmpty() ? whole : whole.when("StringLike", "s3:prefix", List.of(pattern + "*"));
    }

    private Statement onObjects(List<NeededAction> actions) {
        return Statement.allow(OBJECTS_SID, ids(actions), List.of(objectsPattern(target.prefix())));
    }

    String objectsPattern(KeyPrefix prefix) {
        return objectArn(PatternText.of(prefix.value()) + "*");
    }

    private static List<String> ids(List<NeededAction> actions) {
        return actions.stream().map(NeededAction::id).toList();
    }
}
