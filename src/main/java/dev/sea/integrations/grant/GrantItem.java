package dev.sea.integrations.grant;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DueIndex;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes a grant to record as an item, and reads it back. Pure. */
public final class GrantItem {
    /** {@link #OPEN} until the outcome is known. */
    public static final String STATE = "state";

    public static final String OPEN = "OPEN";

    /** How long after a grant's end a sweep first looks: S3 may have accepted a request at the last moment, and clocks differ. */
    private static final Duration DUE_AFTER_EXPIRY = Duration.ofMinutes(1);

    private GrantItem() {}

    public static Map<String, AttributeValue> key(Tenant tenant, IntegrationId integration, GrantId id) {
        return TableKey.of(tenant, new DueIndex.GrantKey(integration, id.value()).sortKey());
    }

    /** A new one, whose outcome is not known. */
    public static Map<String, AttributeValue> open(RecordGrant grant) {
        Map<String, AttributeValue> item = new HashMap<>(key(grant.tenant(), grant.integration(), grant.id()));
        TypedItem attributes = new TypedItem(item)
                .text(STATE, OPEN)
                .text("key", grant.key().value())
                .number("contentLength", grant.contentLength())
                .text("sha256", grant.sha256().value())
                .text("contentType", grant.contentType().value())
                .number("integrationVersion", grant.integrationVersion())
                .number("targetRevision", grant.targetRevision())
                .text("region", grant.location().region().id())
                .text("bucket", grant.location().bucket().value())
                .text("wholeKey", grant.location().key())
                .text("expectedOwner", grant.location().expectedOwner().map(AccountId::value))
                .text("kmsKeyArn", grant.location().kmsKey().map(KmsKeyArn::value))
                .time("grantedAt", grant.grantedAt())
                .time("expiresAt", grant.expiresAt())
                .text("subject", grant.subject());
        DueIndex.add(attributes, grant.integration(), grant.expiresAt().plus(DUE_AFTER_EXPIRY));
        return item;
    }

    /** The grant of an item, whatever its state. */
    public static RecordGrant grant(Map<String, AttributeValue> item) {
        TypedItem attributes = new TypedItem(item);
        DueIndex.GrantKey key = DueIndex.GrantKey.of(attributes.text(TableKey.SK));
        return new RecordGrant(
                TableKey.tenant(attributes.text(TableKey.PK)),
                key.integration(),
                new GrantId(key.grant()),
                new ObjectKey(attributes.text("key")),
                attributes.number("contentLength"),
                new ContentSha256(attributes.text("sha256")),
                new ContentType(attributes.text("contentType")),
                attributes.number("integrationVersion"),
                attributes.number("targetRevision"),
                new ObjectLocation(
                        new AwsRegion(attributes.text("region")),
                        new BucketName(attributes.text("bucket")),
                        attributes.text("wholeKey"),
                        attributes.optionalText("expectedOwner").map(AccountId::new),
                        attributes.optionalText("kmsKeyArn").map(KmsKeyArn::new)),
                attributes.time("grantedAt"),
                attributes.time("expiresAt"),
                attributes.text("subject"));
    }
}
