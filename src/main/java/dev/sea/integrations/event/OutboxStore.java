package dev.sea.integrations.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.table.DuePartition;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Events that are still to be sent: each is an item from the transaction of its change until the bus has taken it. */
@ApplicationScoped
class OutboxStore {
    private static final String DETAIL_TYPE = "detailType";
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

    /** @param detail of the event, as JSON */
    record Pending(String partition, String key, String detailType, String detail, Instant changedAt) {}

    Pending of(BusEvent event) {
        return new Pending(
                partition(DuePartition.of(event.integration())),
                event.integration() + "#" + event.eventId(),
                event.detailType(),
                detail(event),
                event.at());
    }

    Put put(Pending pending) {
        Map<String, AttributeValue> item = new HashMap<>(key(pending));
        new TypedItem(item)
                .text(DETAIL_TYPE, pending.detailType())
                .text(DETAIL, pending.detail())
                .time(AT, pending.changedAt());
        return Put.builder().tableName(table).item(item).build();
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
        try {
            Availability.required(
                    () -> dynamo.deleteItem(request -> request.tableName(table).key(key(sent))));
        } catch (TransactionConflictException stillStored) {
            throw new Unavailable(stillStored);
        }
    }

    private static Pending pending(Map<String, AttributeValue> item) {
        TypedItem attributes = new TypedItem(item);
        return new Pending(
                attributes.text(TableKey.PK),
                attributes.text(TableKey.SK),
                // Items from before there were events of other types have none.
                attributes.optionalText(DETAIL_TYPE).orElse(HealthChange.DETAIL_TYPE),
                attributes.text(DETAIL),
                attributes.time(AT));
    }

    private static Map<String, AttributeValue> key(Pending pending) {
        return TableKey.of(pending.partition(), pending.key());
    }

    private String detail(BusEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an event cannot be written as JSON", impossible);
        }
    }

    private static String partition(int partition) {
        return "OUTBOX#" + partition;
    }
}
