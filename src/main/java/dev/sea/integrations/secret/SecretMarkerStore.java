package dev.sea.integrations.secret;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Markers of secrets that no record points to, yet or any more. The marker of a new secret is written before the secret is
 * made, and deleted in the transaction that stores the record. The marker of an old secret is written in the transaction
 * that gives it up. A secret may be deleted only after its marker moved from PENDING to REMOVING: from then on no transaction
 * can store its record, so no record is ever left without its secret.
 */
@ApplicationScoped
public class SecretMarkerStore {
    /** Fixed: another number would lose the markers there are. */
    static final int PARTITIONS = 16;

    private static final String STATE = "state";
    private static final String PENDING = "PENDING";
    private static final String REMOVING = "REMOVING";
    private static final String SINCE = "since";
    private static final String USED = "used";

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource time;

    public SecretMarkerStore(DynamoDbClient dynamo, SeaConfig config, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.time = time;
    }

    /** @param used whether a record ever pointed to the secret */
    record Marker(String secretName, boolean used) {}

    void announce(String secretName) {
        Availability.required(
                () -> dynamo.putItem(request -> request.tableName(table).item(item(secretName, false))));
    }

    /** Part of the transaction that stores the record. */
    public CompanionItem settled(String secretName) {
        return new CompanionItem(
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table)
                                .key(key(secretName))
                                .conditionExpression("#state = :pending")
                                .expressionAttributeNames(Map.of("#state", STATE))
                                .expressionAttributeValues(Map.of(":pending", AttributeValue.fromS(PENDING))))
                        .build(),
                ChangedMeanwhile::new);
    }

    /** Part of the transaction after which no record points to the secret. */
    public CompanionItem retired(String secretName) {
        return new CompanionItem(
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(item(secretName, true)))
                        .build(),
                ChangedMeanwhile::new);
    }

    /** Whether the caller may delete the secret: false when its record was stored after all. */
    boolean takeForRemoval(String secretName) {
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(key(secretName))
                    .updateExpression("SET #state = :removing")
                    .conditionExpression("#state = :pending")
                    .expressionAttributeNames(Map.of("#state", STATE))
                    .expressionAttributeValues(Map.of(
                            ":pending", AttributeValue.fromS(PENDING), ":removing", AttributeValue.fromS(REMOVING)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return true;
        } catch (ConditionalCheckFailedException notPending) {
            // Still there: an attempt of this very call moved it and its answer got lost, or another clean-up is
            // removing it
            // or crashed on the way.
            return notPending.hasItem();
        }
    }

    void remove(String secretName) {
        Availability.required(
                () -> dynamo.deleteItem(request -> request.tableName(table).key(key(secretName))));
    }

    /** Markers written before a moment: one Query for each page of the partition, which nearly always has one. */
    List<Marker> olderThan(Instant moment, int partition) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("PK = :partition")
                .filterExpression("#since < :moment")
                .expressionAttributeNames(Map.of("#since", SINCE))
                .expressionAttributeValues(Map.of(
                        ":partition", AttributeValue.fromS(partitionKey(partition)),
                        ":moment", TypedItem.number(moment.toEpochMilli())))
                .consistentRead(true)
                .build();
        return Availability.required(() -> dynamo.queryPaginator(query).items().stream()
                .map(item -> new Marker(new TypedItem(item).text(TableKey.SK), new TypedItem(item).flag(USED)))
                .toList());
    }

    private Map<String, AttributeValue> item(String secretName, boolean used) {
        Map<String, AttributeValue> item = new HashMap<>(key(secretName));
        new TypedItem(item).text(STATE, PENDING).time(SINCE, time.instant()).flag(USED, used);
        return item;
    }

    private static Map<String, AttributeValue> key(String secretName) {
        return TableKey.of(partitionKey(Math.floorMod(secretName.hashCode(), PARTITIONS)), secretName);
    }

    private static String partitionKey(int partition) {
        return "ORPHAN#" + partition;
    }
}
