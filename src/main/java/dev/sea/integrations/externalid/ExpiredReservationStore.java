package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
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
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Removes the claims of reserved external IDs that nobody used in time: DynamoDB's time to live takes some only days
 * later. They are found in partitions of their own of the sparse index {@code due}, which a claim leaves when its ID is
 * used.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to live</a>
 */
@ApplicationScoped
public class ExpiredReservationStore {
    /** Partitions of reservations, a fixed number; each is cleaned up by itself. */
    public static final int PARTITIONS = ExternalIdClaimStore.PARTITIONS;

    /** A sweep has more to do than this: the next takes the rest. */
    private static final int MOST = 100;

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource time;

    ExpiredReservationStore(DynamoDbClient dynamo, SeaConfig config, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.time = time;
    }

    /**
     * One Query, and one DeleteItem for each of at most 100 that are over.
     *
     * @return how many were removed
     */
    public int removeFrom(int partition) {
        Instant now = time.instant();
        int removed = 0;
        for (Map<String, AttributeValue> claim : over(partition, now)) {
            removed += remove(claim, now);
        }
        return removed;
    }

    private List<Map<String, AttributeValue>> over(int partition, Instant now) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName("due")
                .keyConditionExpression("duePartition = :partition AND dueAt <= :now")
                .expressionAttributeValues(Map.of(
                        ":partition",
                                AttributeValue.fromN(
                                        Integer.toString(ExternalIdClaimStore.FIRST_PARTITION + partition)),
                        ":now", AttributeValue.fromN(Long.toString(now.toEpochMilli()))))
                .limit(MOST)
                .build();
        return Availability.required(() -> dynamo.query(query)).items();
    }

    private int remove(Map<String, AttributeValue> claim, Instant now) {
        try {
            Availability.required(() -> dynamo.deleteItem(request -> request.tableName(table)
                    .key(TableKey.of(new TypedItem(claim).text(TableKey.PK), new TypedItem(claim).text(TableKey.SK)))
                    // The index is a moment behind: the ID may be used by now, which makes it its tenant's for good.
                    .conditionExpression("#ttl <= :now")
                    .expressionAttributeNames(Map.of("#ttl", ExternalIdClaimStore.TTL))
                    .expressionAttributeValues(
                            Map.of(":now", AttributeValue.fromN(Long.toString(now.getEpochSecond()))))));
            return 1;
        } catch (ConditionalCheckFailedException usedOrGone) {
            return 0;
        }
    }
}
