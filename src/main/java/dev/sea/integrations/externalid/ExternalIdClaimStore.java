package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Sha256;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Which tenant an external ID belongs to. The first tenant that uses one owns it for good: a customer's role trusts SEA
 * under that ID, and a second tenant that gave the same role and ID would read the first one's bucket. An unused
 * reservation ends with its {@code ttl} (epoch seconds). Until it is used, it is in the index {@code due} at that time, in
 * partitions after those of integrations, where {@link ExpiredReservations} finds it.
 */
@ApplicationScoped
public class ExternalIdClaimStore {
    static final String TTL = "ttl";
    private static final String TENANT = "tenant";
    private static final String MINTED = "minted";
    /** The ID itself, of a minted one. */
    private static final String EXTERNAL_ID = "externalId";

    private static final String PROVED = "proved";

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource time;

    public ExternalIdClaimStore(DynamoDbClient dynamo, SeaConfig config, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.time = time;
    }

    /** Whose an external ID is. */
    public enum Holder {
        NOBODY,
        TENANT,
        ANOTHER
    }

    /** One strongly consistent read, to be made before any AssumeRole. */
    public Holder holder(Tenant tenant, ExternalId externalId) {
        TypedItem claim = read(hash(externalId));
        if (isOf(tenant, claim)) {
            return Holder.TENANT;
        }
        return claim.has(TENANT) && !isOver(claim, time.instant()) ? Holder.ANOTHER : Holder.NOBODY;
    }

    private static boolean isOf(Tenant tenant, TypedItem claim) {
        return claim.has(TENANT) && claim.text(TENANT).equals(tenant.id());
    }

    private TypedItem read(String hash) {
        return new TypedItem(Availability.required(() -> dynamo.getItem(
                        request -> request.tableName(table).key(key(hash)).consistentRead(true)))
                .item());
    }

    /** DynamoDB removes expired items within days. Until then the clock decides. */
    private static boolean isOver(TypedItem claim, Instant now) {
        return claim.has(TTL) && claim.number(TTL) <= now.getEpochSecond();
    }

    /** Reserves a new ID for the tenant until a time; {@link #use} makes it the tenant's for good. */
    void reserve(Tenant tenant, ExternalId externalId, Instant until) {
        Map<String, AttributeValue> item = reservation(tenant, externalId, until);
        new TypedItem(item).flag(MINTED, true).text(EXTERNAL_ID, externalId.value());
        put(item, until);
    }

    /**
     * The ID behind a hash, while it is reserved for the tenant and no integration has used it. One strongly consistent read.
     *
     * @return empty also for a reservation of an older version of this service, which kept no ID
     */
    Optional<ExternalId> reserved(Tenant tenant, String hash) {
        TypedItem claim = read(hash);
        boolean reserved = isOf(tenant, claim) && claim.has(TTL) && !isOver(claim, time.instant());
        return reserved ? claim.optionalText(EXTERNAL_ID).map(ExternalId::new) : Optional.empty();
    }

    /**
     * Reserves an ID that a draft has proved, so that no other tenant takes it before the tenant has added its integration.
     * Does nothing where the ID is claimed already.
     */
    void reserveProved(Tenant tenant, ExternalId externalId, Instant until) {
        Map<String, AttributeValue> item = reservation(tenant, externalId, until);
        new TypedItem(item).flag(PROVED, true);
        try {
            put(item, until);
        } catch (ConditionalCheckFailedException claimed) {
            // By this tenant before, or by another one a moment ago, which its next request finds out.
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        }
    }

    private static Map<String, AttributeValue> reservation(Tenant tenant, ExternalId externalId, Instant until) {
        Map<String, AttributeValue> item = new HashMap<>(key(externalId));
        new TypedItem(item)
                .text(TENANT, tenant.id())
                .number(TTL, until.getEpochSecond())
                .number("duePartition", ExpiredReservations.partitionOf(hash(externalId)))
                .time("dueAt", until);
        return item;
    }

    private void put(Map<String, AttributeValue> item, Instant until) {
        // The last part of the condition: the SDK may find its own first attempt.
        Availability.required(() -> dynamo.putItem(request -> request.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(PK) OR #ttl <= :now OR (#tenant = :tenant AND #ttl = :ttl)")
                .expressionAttributeNames(Map.of("#tenant", TENANT, "#ttl", TTL))
                .expressionAttributeValues(Map.of(
                        ":tenant", item.get(TENANT),
                        ":ttl", TypedItem.number(until.getEpochSecond()),
                        ":now", TypedItem.number(time.instant().getEpochSecond())))));
    }

    /** Part of a transaction: uses the ID once more, which ends a reservation, unless another tenant holds it. */
    public CompanionItem use(Tenant tenant, ExternalId externalId) {
        Update.Builder update = Update.builder()
                .updateExpression("SET #tenant = :tenant ADD #uses :by REMOVE #ttl, duePartition, dueAt")
                .conditionExpression("attribute_not_exists(PK) OR #tenant = :tenant OR #ttl <= :now")
                .expressionAttributeNames(Map.of("#tenant", TENANT, "#uses", "uses", "#ttl", TTL))
                .expressionAttributeValues(Map.of(
                        ":tenant", AttributeValue.fromS(tenant.id()),
                        ":by", TypedItem.number(1),
                        ":now", TypedItem.number(time.instant().getEpochSecond())));
        return companion(externalId, update, ExternalIdRefused::new);
    }

    /**
     * Part of a transaction: uses the ID once less. At zero it stays the tenant's, since the customer's role may still trust
     * it.
     */
    public CompanionItem giveBack(Tenant tenant, ExternalId externalId) {
        Update.Builder update = Update.builder()
                .updateExpression("ADD #uses :by")
                .conditionExpression("#tenant = :tenant")
                .expressionAttributeNames(Map.of("#tenant", TENANT, "#uses", "uses"))
                .expressionAttributeValues(
                        Map.of(":tenant", AttributeValue.fromS(tenant.id()), ":by", TypedItem.number(-1)));
        return companion(externalId, update, ChangedMeanwhile::new);
    }

    private CompanionItem companion(
            ExternalId externalId, Update.Builder update, Supplier<? extends RuntimeException> otherwise) {
        Update whole = update.tableName(table).key(key(externalId)).build();
        return new CompanionItem(TransactWriteItem.builder().update(whole).build(), otherwise);
    }

    /**
     * Notes that a role has accepted the ID, which shows that the tenant did not make it up.
     *
     * @throws Contention.Met when another integration takes the ID or gives it back at this moment
     */
    void proved(Tenant tenant, ExternalId externalId) {
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(key(externalId))
                    .updateExpression("SET #proved = :true")
                    .conditionExpression("#tenant = :tenant")
                    .expressionAttributeNames(Map.of("#proved", PROVED, "#tenant", TENANT))
                    .expressionAttributeValues(Map.of(
                            ":true", AttributeValue.fromBool(true), ":tenant", AttributeValue.fromS(tenant.id())))));
        } catch (ConditionalCheckFailedException notItsOwn) {
            // Deleted or expired meanwhile: there is nothing to note it on.
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        }
    }

    /**
     * Whether a reserved ID is one no longer: an integration uses it, and the tenant has not just made it up. An ID without a
     * claim is being reserved now, or a crash came before its claim.
     */
    boolean isSettled(String hash) {
        TypedItem claim = read(hash);
        return claim.has(TENANT) && !claim.has(TTL) && (claim.has(MINTED) || claim.has(PROVED));
    }

    public static Map<String, AttributeValue> key(ExternalId externalId) {
        return key(hash(externalId));
    }

    private static Map<String, AttributeValue> key(String hash) {
        return TableKey.of("EXTID#" + hash, "CLAIM");
    }

    /**
     * Of the ID in lower case: a trust policy may compare without case, and IDs that differ in case only would then open the
     * same role. Hashed, since an ID may be longer than a partition key should be, and keys show in DynamoDB's contributor
     * insights.
     */
    static String hash(ExternalId externalId) {
        return Sha256.hex(externalId.value().toLowerCase(Locale.ROOT));
    }
}
