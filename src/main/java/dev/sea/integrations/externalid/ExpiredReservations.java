package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.table.DuePartition;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Reserved external IDs that nobody used in time. */
@ApplicationScoped
public class ExpiredReservations {
    /** Partitions of reservations in the index. Fixed: another number would lose the reservations there are. */
    public static final int PARTITIONS = 16;

    private static final int FIRST_PARTITION = DuePartition.COUNT;
    /** The most that one call removes; the next sweep takes the rest. */
    private static final int MOST_REMOVED = 100;

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource time;

    ExpiredReservations(DynamoDbClient dynamo, SeaConfig config, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.time = time;
    }

    /** Where in the index the reservation with this hash is. */
    static int partitionOf(String hash) {
        return FIRST_PARTITION + Math.floorMod(hash.hashCode(), PARTITIONS);
    }

    /**
     * Removes reserved IDs that nobody used in time; DynamoDB's time to live takes some only days later. One Query, and one
     * DeleteItem for each of at most {@value #MOST_REMOVED}.
     *
     * @return how many were removed
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to live</a>
     */
    public int remove(int partition) {
        Instant now = time.instant();
        List<Map<String, AttributeValue>> expired = Availability.required(() ->
                        dynamo.query(request -> request.tableName(table)
                                .indexName("due")
                                .keyConditionExpression("duePartition = :partition AND dueAt <= :now")
                                .expressionAttributeValues(Map.of(
                                        ":partition", TypedItem.number(FIRST_PARTITION + partition),
                                        ":now", TypedItem.number(now.toEpochMilli())))
                                .limit(MOST_REMOVED)))
                .items();
        return (int) expired.stream().filter(claim -> isRemoved(claim, now)).count();
    }

    private boolean isRemoved(Map<String, AttributeValue> claim, Instant now) {
        TypedItem attributes = new TypedItem(claim);
        try {
            Availability.required(() -> dynamo.deleteItem(request -> request.tableName(table)
                    .key(TableKey.of(attributes.text(TableKey.PK), attributes.text(TableKey.SK)))
                    // The index is a moment behind: the ID may be used by now, which makes it its tenant's for good.
                    .conditionExpression("#ttl <= :now")
                    .expressionAttributeNames(Map.of("#ttl", ExternalIdClaimStore.TTL))
                    .expressionAttributeValues(Map.of(":now", TypedItem.number(now.getEpochSecond())))));
            return true;
        } catch (ConditionalCheckFailedException | TransactionConflictException usedOrGone) {
            return false;
        }
    }
}
