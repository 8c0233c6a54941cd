package dev.sea.integrations.policy;

import dev.sea.integrations.integration.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a session of a customer's role may do at most while SEA looks for one object: find it and read its checksum.
 *
 * <ul>
 *   <li>Without s3:ListBucket, S3 answers 403 for an object that does not exist. It has no condition on the prefix, since
 *       HeadObject sends none.
 *   <li>The checksum of an object under SSE-KMS needs kms:Decrypt, on a key that is not known in advance.
 * </ul>
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject, Permissions</a>
 */
public final class LookPolicy {
    private LookPolicy() {}

    /**
     * For STS, the narrowest first. The second is for a key that makes the first one too long.
     *
     * @param target whose prefix does not matter
     * @param key the whole one
     */
    public static List<String> of(Target target, String key) {
        AccessNeeds needs = new AccessNeeds(target, false);
        return Stream.of(needs.objectArn(PatternText.of(key)), needs.objectArn("*"))
                .map(objects -> PolicyDocument.of(List.of(
                                allow(NeededAction.LIST_BUCKET, needs.bucketArn()),
                                allow(NeededAction.GET_OBJECT, objects),
                                allow(NeededAction.DECRYPT, "*")
                                        .when("StringLike", "kms:ViaService", List.of("s3." + target.region() + ".*"))))
                        .json())
                .filter(policy -> policy.length() <= SessionPolicy.MAX_LENGTH)
                .toList();
    }

    private static Statement allow(NeededAction action, String resource) {
        return Statement.allow("", List.of(action.id()), List.of(resource));
    }
}
