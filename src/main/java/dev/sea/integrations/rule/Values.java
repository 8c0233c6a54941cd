package dev.sea.integrations.rule;

import static java.util.Map.entry;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The values that {@link ValueOf} can name. A list, since a native image cannot look for constructors. */
public final class Values {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final String ANY = "";

    private static final Map<Class<?>, Value> ALL = Map.ofEntries(
            entry(
                    AccessKeyId.class,
                    new Value(AccessKeyId::new, AccessKeyId.MIN_LENGTH, AccessKeyId.MAX_LENGTH, AccessKeyId.SHAPE)),
            entry(AccountId.class, new Value(AccountId::new, 0, NO_LIMIT, AccountId.DIGITS)),
            entry(AwsRegion.class, new Value(AwsRegion::new, 0, NO_LIMIT, AwsRegion.CODE)),
            entry(
                    BucketName.class,
                    new Value(BucketName::entered, BucketName.MIN_LENGTH, BucketName.MAX_LENGTH, BucketName.SHAPE)),
            entry(ContentSha256.class, new Value(ContentSha256::new, 0, NO_LIMIT, ContentSha256.SHAPE)),
            entry(ContentType.class, new Value(ContentType::new, 0, ContentType.MAX_LENGTH, ContentType.SHAPE)),
            entry(Description.class, new Value(Description::entered, 0, Description.MAX_LENGTH, ANY)),
            entry(
                    ExternalId.class,
                    new Value(ExternalId::new, ExternalId.MIN_LENGTH, ExternalId.MAX_LENGTH, ExternalId.SHAPE)),
            entry(IntegrationId.class, new Value(IntegrationId::new, 0, NO_LIMIT, IntegrationId.SHAPE.pattern())),
            entry(IntegrationName.class, new Value(IntegrationName::entered, 1, IntegrationName.MAX_LENGTH, ANY)),
            // In bytes, so no text with more characters is accepted.
            entry(KeyPrefix.class, new Value(KeyPrefix::entered, 0, KeyPrefix.MAX_BYTES, ANY)),
            entry(KmsKeyArn.class, new Value(KmsKeyArn::new, 0, NO_LIMIT, KmsKeyArn.SHAPE)),
            // In bytes, too.
            entry(ObjectKey.class, new Value(ObjectKey::new, 1, ObjectKey.MAX_BYTES, ANY)),
            entry(RoleArn.class, new Value(RoleArn::new, RoleArn.MIN_LENGTH, RoleArn.MAX_LENGTH, RoleArn.SHAPE)),
            entry(RoleName.class, new Value(RoleName::new, 1, RoleName.MAX_LENGTH, RoleName.CHARACTER + "+")),
            entry(SecretAccessKey.class, new Value(SecretAccessKey::new, 1, SecretAccessKey.MAX_LENGTH, ANY)));

    private Values() {}

    /**
     * How a value is made, and what a JSON schema can say of its rules.
     *
     * @param maker makes it from what somebody enters; throws {@link dev.sea.integrations.RuleViolation}
     * @param minLength in characters; 0 where the schema names none
     * @param maxLength in characters; {@link Integer#MAX_VALUE} where the schema names none
     * @param pattern of the whole text, as a regular expression; empty where the schema has none
     */
    public record Value(Function<String, ?> maker, int minLength, int maxLength, String pattern) {}

    /** The value of a type by the type's name. */
    public static Value named(String type) {
        return of(ALL.keySet().stream()
                .filter(known -> known.getName().equals(type))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(type)));
    }

    /**
     * The value of a type.
     *
     * @throws IllegalArgumentException when it is not in the list
     */
    public static Value of(Class<?> type) {
        return Optional.ofNullable(ALL.get(type)).orElseThrow(() -> new IllegalArgumentException(type.getName()));
    }
}
