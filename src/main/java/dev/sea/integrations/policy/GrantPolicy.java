package dev.sea.integrations.policy;

import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Limits a session that uses an integration to what one use needs, and to KMS keys only through S3. Much narrower than the
 * {@link SessionPolicy} of validations, which list the whole bucket and ask KMS directly.
 *
 * @param actions on objects, or on the bucket
 * @param onKey what S3 needs of KMS for it. An upload in parts needs kms:Decrypt, too
 * @param key the only one; empty for any, since older objects may have another than new ones
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">Server-side encryption with AWS KMS
 *     keys</a>
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service">
 *     kms:ViaService</a>
 */
public record GrantPolicy(
        AccessNeeds needs, List<NeededAction> actions, List<NeededAction> onKey, Optional<KmsKeyArn> key) {

    /** To store objects. */
    public static GrantPolicy toRecord(Target target) {
        return new GrantPolicy(
                new AccessNeeds(target, false),
                List.of(NeededAction.PUT_OBJECT),
                List.of(NeededAction.GENERATE_DATA_KEY, NeededAction.DECRYPT),
                target.kmsKey());
    }

    /** To read objects. */
    public static GrantPolicy toPlay(Target target) {
        return new GrantPolicy(
                new AccessNeeds(target, false),
                List.of(NeededAction.GET_OBJECT),
                List.of(NeededAction.DECRYPT),
                Optional.empty());
    }

    /** To list objects. */
    public static GrantPolicy toList(Target target) {
        return new GrantPolicy(
                new AccessNeeds(target, false), List.of(NeededAction.LIST_BUCKET), List.of(), Optional.empty());
    }

    /**
     * To read what S3 knows of objects. Their checksums need the key.
     *
     * @param tags whether that includes their tags
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject, ChecksumMode</a>
     */
    public static GrantPolicy toDescribe(Target target, boolean tags) {
        return new GrantPolicy(
                new AccessNeeds(target, tags),
                tags
                        ? List.of(NeededAction.GET_OBJECT, NeededAction.GET_OBJECT_TAGGING)
                        : List.of(NeededAction.GET_OBJECT),
                List.of(NeededAction.DECRYPT),
                Optional.empty());
    }

    /**
     * On all objects, or a list of them, below the target's prefix; then without the prefix, for when STS refuses that as
     * too long. For sessions that the service keeps, and which sign only what it wants.
     */
    public List<String> underPrefix() {
        return Stream.of(needs.target().prefix(), KeyPrefix.NONE)
                .distinct()
                .map(prefix -> text(
                        actions.contains(NeededAction.LIST_BUCKET)
                                ? needs.listing(prefix).withoutSid()
                                : onObjects(needs.objectsPattern(prefix))))
                .filter(policy -> policy.length() <= SessionPolicy.MAX_LENGTH)
                .toList();
    }

    /**
     * On one object, for a session that is given away.
     *
     * @param wholeKey with the prefix
     * @return empty if a policy cannot name the key: it holds a character that only a wildcard matches, or is too long
     */
    public Optional<String> onObject(String wholeKey) {
        return PatternText.isExact(wholeKey)
                ? Optional.of(text(onObjects(needs.objectArn(PatternText.of(wholeKey)))))
                        .filter(policy -> policy.length() <= SessionPolicy.MAX_LENGTH)
                : Optional.empty();
    }

    private Statement onObjects(String objects) {
        return Statement.allow("", ids(actions), List.of(objects));
    }

    private String text(Statement statement) {
        if (onKey.isEmpty()) {
            return PolicyDocument.of(List.of(statement)).json();
        }
        Statement keys = Statement.allow(
                        "", ids(onKey), List.of(key.map(KmsKeyArn::value).orElse("*")))
                .when("StringLike", "kms:ViaService", List.of(viaS3()));
        return PolicyDocument.of(List.of(statement, keys)).json();
    }

    /** S3 of this Region as KMS names it. Only AWS sets that; the domain at its end depends on the partition. */
    private String viaS3() {
        return "s3." + needs.target().region() + ".amazonaws.*";
    }

    private static List<String> ids(List<NeededAction> actions) {
        return actions.stream().map(NeededAction::id).toList();
    }
}
