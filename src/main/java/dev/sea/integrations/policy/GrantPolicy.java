package dev.sea.integrations.policy;

import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a session may do at most that grants use: what one purpose needs, and a KMS key only through S3. Much narrower than the
 * {@link SessionPolicy} of validations, which list the bucket and ask KMS directly.
 *
 * @param action on objects
 * @param onKey what S3 needs of KMS for it. An upload in parts needs kms:Decrypt, too
 * @param key the only one; empty for any, since older objects may have another than new ones
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">Server-side encryption with AWS KMS
 *     keys</a>
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service">
 *     kms:ViaService</a>
 */
public record GrantPolicy(AccessNeeds needs, NeededAction action, List<NeededAction> onKey, Optional<KmsKeyArn> key) {

    /** To store objects. */
    public static GrantPolicy toRecord(Target target) {
        return new GrantPolicy(
                new AccessNeeds(target, false),
                NeededAction.PUT_OBJECT,
                List.of(NeededAction.GENERATE_DATA_KEY, NeededAction.DECRYPT),
                target.kmsKey());
    }

    /** To read objects. */
    public static GrantPolicy toPlay(Target target) {
        return new GrantPolicy(
                new AccessNeeds(target, false),
                NeededAction.GET_OBJECT,
                List.of(NeededAction.DECRYPT),
                Optional.empty());
    }

    /**
     * On all objects below the target's prefix; then without the prefix, for when STS refuses that as too long. For sessions
     * that the service keeps, and which sign only what it wants.
     */
    public List<String> underPrefix() {
        return Stream.of(needs.target().prefix(), KeyPrefix.NONE)
                .distinct()
                .map(needs::objectsPattern)
                .map(this::text)
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
                ? Optional.of(text(needs.objectArn(PatternText.of(wholeKey))))
                        .filter(policy -> policy.length() <= SessionPolicy.MAX_LENGTH)
                : Optional.empty();
    }

    private String text(String objects) {
        Statement keys = Statement.allow(
                        "", ids(onKey), List.of(key.map(KmsKeyArn::value).orElse("*")))
                .when("StringLike", "kms:ViaService", List.of(viaS3()));
        return PolicyDocument.of(List.of(Statement.allow("", ids(List.of(action)), List.of(objects)), keys))
                .json();
    }

    /** S3 of this Region as KMS names it. Only AWS sets that; the domain at its end depends on the partition. */
    private String viaS3() {
        return "s3." + needs.target().region() + ".amazonaws.*";
    }

    private static List<String> ids(List<NeededAction> actions) {
        return actions.stream().map(NeededAction::id).toList();
    }
}
