package dev.sea.integrations.store;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.Posture;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Changes;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.Transactions;
import dev.sea.integrations.table.TypedItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** A record as its item, both ways. Pure. Times are epoch milliseconds; an absent value is an absent attribute. */
final class IntegrationItem {
    static final String SK_PREFIX = "INT#";
    static final String NAME = "name";
    static final String BUCKET = "bucket";
    static final String PREFIX = "prefix";
    static final String STATE = "state";
    static final String VERSION = "version";
    /** The name as it is compared, for the list's filter. */
    static final String NAME_CLAIM = "nameClaim";

    private static final String FORMER_TARGETS = "formerTargets";
    private static final String UNTIL = "until";

    static final String UPDATED_AT = "updatedAt";
    static final String UPDATED_BY = "updatedBy";
    static final String HEALTH = "health";
    static final String POSTURE = "posture";
    /** Of the sparse index {@code due}: 0 to 63, a hash of the ID; there only while active, as is {@link #DUE_AT}. */
    static final String DUE_PARTITION = "duePartition";

    static final String DUE_AT = "dueAt";
    /** Of the sparse index {@code recordsTo}: the bucket; there only while active. */
    static final String RECORDS_TO = "recordsTo";
    /** The token of the sweep that is validating it. It holds until {@link #DUE_AT}. */
    static final String LEASE = "lease";

    private IntegrationItem() {}

    static Map<String, AttributeValue> key(Tenant tenant, IntegrationId id) {
        return TableKey.of(tenant, SK_PREFIX + id.value());
    }

    static Map<String, AttributeValue> of(Integration integration, String stamp) {
        Map<String, AttributeValue> item = new HashMap<>(key(integration.tenant(), integration.id()));
        TypedItem attributes = new TypedItem(item)
                .text(NAME, integration.name().value())
                .text(NAME_CLAIM, integration.name().claim())
                .text("description", integration.description().value())
                .flag("sessionMetadata", integration.sessionMetadata())
                .time("createdAt", integration.createdAt())
                .text("createdBy", integration.createdBy());
        switch (integration.access()) {
            case Access.AssumedRole(RoleArn role, ExternalId externalId) ->
                attributes.text("roleArn", role.value()).text("externalId", externalId.value());
            case Access.StoredKeys(AccessKeyId accessKeyId, String secretName, Instant setAt) ->
                attributes
                        .text("accessKeyId", accessKeyId.value())
                        .text("secretName", secretName)
                        .time("setAt", setAt);
        }
        put(integration.target(), attributes);
        // Records that never had another target look as they did before there were revisions.
        if (!integration.formerTargets().isEmpty()) {
            item.put(
                    FORMER_TARGETS,
                    AttributeValue.fromL(integration.formerTargets().stream()
                            .map(IntegrationItem::former)
                            .toList()));
        }
        item.putAll(changing(integration, stamp));
        return item;
    }

    private static void put(Target target, TypedItem attributes) {
        attributes
                .text("region", target.region().id())
                .text(BUCKET, target.bucket().value())
                .text(PREFIX, target.prefix().value())
                .text("expectedBucketOwner", target.expectedBucketOwner().map(AccountId::value))
                .text("kmsKeyArn", target.kmsKey().map(KmsKeyArn::value));
    }

    private static AttributeValue former(Target.Former former) {
        Map<String, AttributeValue> item = new HashMap<>();
        TypedItem attributes = new TypedItem(item).time(UNTIL, former.until());
        put(former.target(), attributes);
        return AttributeValue.fromM(item);
    }

    /** What every change of state and health writes. The attributes of the indexes are there only while active. */
    static Map<String, AttributeValue> changing(Integration integration, String stamp) {
        Map<String, AttributeValue> item = new HashMap<>();
        new TypedItem(item)
                .text(STATE, integration.state().name())
                .number(VERSION, integration.version())
                .time(UPDATED_AT, integration.updatedAt())
                .text(UPDATED_BY, integration.updatedBy())
                .text(Transactions.STAMP, stamp);
        item.put(HEALTH, AttributeValue.fromM(HealthItem.of(integration.health())));
        item.put(POSTURE, AttributeValue.fromM(PostureItem.of(integration.posture())));
        due(integration).ifPresent(at -> DueIndex.add(new TypedItem(item), integration.id(), at));
        if (integration.isActive()) {
            new TypedItem(item).text(RECORDS_TO, integration.target().bucket().value());
        }
        return item;
    }

    /** What a write of state or health sets, and the conditions under which it may. */
    static Update update(IntegrationStore.Replacement write, String table, String stamp) {
        Map<String, AttributeValue> set = changing(write.after(), stamp);
        Changes changes = new Changes()
                .set(set)
                .remove(Stream.of(LEASE, DUE_PARTITION, DUE_AT, RECORDS_TO)
                        .filter(name -> !set.containsKey(name))
                        .toList())
                .named(HealthItem.SEQUENCE)
                .with("versionBefore", TypedItem.number(write.before().version()))
                .with("sequenceBefore", TypedItem.number(write.before().health().sequence()));
        String condition = "#version = :versionBefore AND #health.#sequence = :sequenceBefore";
        if (write.lease().isPresent()) {
            changes.with("leaseBefore", AttributeValue.fromS(write.lease().get()))
                    .with("active", AttributeValue.fromS(State.ACTIVE.name()));
            condition += " AND #lease = :leaseBefore AND #state = :active";
        }
        return changes.update()
                .tableName(table)
                .key(key(write.before().tenant(), write.before().id()))
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private static Optional<Instant> due(Integration integration) {
        return integration.isActive() ? integration.health().nextCheckAt() : Optional.empty();
    }

    static boolean isOne(Map<String, AttributeValue> key) {
        return new TypedItem(key).text(TableKey.SK).startsWith(SK_PREFIX);
    }

    static IntegrationId id(Map<String, AttributeValue> key) {
        return new IntegrationId(idAsStored(key));
    }

    /** The text of the ID, even if it breaks a rule of today. */
    static String idAsStored(Map<String, AttributeValue> key) {
        return new TypedItem(key).text(TableKey.SK).substring(SK_PREFIX.length());
    }

    /** @throws UnreadableIntegration where a value is missing, or breaks a rule of today */
    static Integration integration(Map<String, AttributeValue> item) {
        try {
            return read(item);
        } catch (RuntimeException broken) {
            throw new UnreadableIntegration(idAsStored(item), broken);
        }
    }

    private static Integration read(Map<String, AttributeValue> item) {
        TypedItem attributes = new TypedItem(item);
        return new Integration(
                TableKey.tenant(attributes.text(TableKey.PK)),
                id(item),
                new IntegrationName(attributes.text(NAME)),
                new Description(attributes.text("description")),
                State.valueOf(attributes.text(STATE)),
                target(attributes),
                attributes.maps(FORMER_TARGETS).stream()
                        .map(former -> new Target.Former(target(former), former.time(UNTIL)))
                        .toList(),
                attributes.flag("sessionMetadata"),
                access(attributes),
                HealthItem.health(attributes.map(HEALTH)),
                // Records from before there was advice have none.
                posture(attributes),
                attributes.number(VERSION),
                attributes.time("createdAt"),
                attributes.text("createdBy"),
                attributes.time(UPDATED_AT),
                attributes.text(UPDATED_BY));
    }

    /** Records from before there was advice have none. */
    static Posture posture(TypedItem attributes) {
        return attributes.has(POSTURE) ? PostureItem.posture(attributes.map(POSTURE)) : Posture.NONE;
    }

    private static Target target(TypedItem attributes) {
        return new Target(
                new AwsRegion(attributes.text("region")),
                new BucketName(attributes.text(BUCKET)),
                new KeyPrefix(attributes.text(PREFIX)),
                attributes.optionalText("expectedBucketOwner").map(AccountId::new),
                attributes.optionalText("kmsKeyArn").map(KmsKeyArn::new));
    }

    private static Access access(TypedItem attributes) {
        return attributes
                .optionalText("roleArn")
                .<Access>map(role ->
                        new Access.AssumedRole(new RoleArn(role), new ExternalId(attributes.text("externalId"))))
                .orElseGet(() -> new Access.StoredKeys(
                        new AccessKeyId(attributes.text("accessKeyId")),
                        attributes.text("secretName"),
                        attributes.time("setAt")));
    }
}
