package dev.sea.integrations.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.table.DuePartition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;

/** Events that are still to be sent, each an item from the transaction that made it true until a bus has taken it. */
@ApplicationScoped
class OutboxStore {
    private static final String PK = "PK";
    private static final String SK = "SK";
    private static final String DETAIL = "detail";
    private static final String AT = "changedAt";

    private final DynamoDbClient dynamo;
    private final String table;
    private final ObjectMapper json;

    OutboxStore(DynamoDbClient dynamo, SeaConfig config, ObjectMapper json) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.json = json;
    }

    /** @param detail the event's, as JSON */
    record Pending(String partition, String key, String detail, Instant changedAt) {}

    Pending of(HealthChange change) {
        // With leading zeros, so that an integration's events lie in their order.
        String key = "%s#%010d".formatted(change.integration(), change.sequence());
        return new Pending(partition(DuePartition.of(change.integration())), key, detail(change), change.changedAt());
    }

    Put put(Pending pending) {
        return Put.builder()
                .tableName(table)
                .item(Map.of(
                        PK, AttributeValue.fromS(pending.partition()),
                        SK, AttributeValue.fromS(pending.key()),
                        DETAIL, AttributeValue.fromS(pending.detail()),
                        AT,
                                AttributeValue.fromN(
                                        Long.toString(pending.changedAt().toEpochMilli()))))
                .build();
    }

    /** Up to so many of a partition, in the order of keys. */
    List<Pending> pending(int partition, String after, int limit) {
        return Availability.required(() -> dynamo.query(request -> request.tableName(table)
                        .keyConditionExpression("PK = :partition AND SK > :after")
                        .expressionAttributeValues(Map.of(
                                ":partition", AttributeValue.fromS(partition(partition)),
                                ":after", AttributeValue.fromS(after)))
                        .limit(limit)))
                .items()
                .stream()
                .map(OutboxStore::pending)
                .toList();
    }

    void remove(Pending sent) {
        Availability.required(() -> dynamo.deleteItem(request -> request.tableName(table)
                .key(Map.of(
                        PK, AttributeValue.fromS(sent.partition()),
                        SK, AttributeValue.fromS(sent.key())))));
    }

    private static Pending pending(Map<String, AttributeValue> item) {
        return new Pending(
                text(item, PK),
                text(item, SK),
                text(item, DETAIL),
                Instant.ofEpochMilli(Long.parseLong(attribute(item, AT).n())));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an event to send without " + name);
        }
        return value;
    }

    private String detail(HealthChange change) {
        try {
            return json.writeValueAsString(change);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a change that cannot be written", impossible);
        }
    }

    private static String partition(int partition) {
        return "OUTBOX#" + partition;
    }
}
