package dev.sea.integrations.evidence;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DueIndex;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.Transactions;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * How the use of each integration goes: one item {@code USE#<integration>}, written with each outcome that a recorder tells.
 */
@ApplicationScoped
class UseStore {
    /** As long as receipts are. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final String DUE_AT = "dueAt";

    private final DynamoDbClient dynamo;
    private final String table;

    UseStore(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /** Thrown when another outcome was counted first. */
    static final class CountedMeanwhile extends RuntimeException {}

    /** One strongly consistent read. */
    Use read(Tenant tenant, IntegrationId integration) {
        Map<String, AttributeValue> item = Availability.required(() -> dynamo.getItem(request ->
                        request.tableName(table).key(key(tenant, integration)).consistentRead(true)))
                .item();
        return item.isEmpty() ? Use.NONE : use(new TypedItem(item));
    }

    /** Part of the transaction that settles a grant, on condition that nothing was counted since {@code before} was read. */
    CompanionItem counted(Tenant tenant, IntegrationId integration, Use before, Use after, Instant now, String stamp) {
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, integration));
        TypedItem attributes = new TypedItem(item)
                .time("window", after.window())
                .number("outcomes", after.outcomes())
                .number("failures", after.failures())
                .flag("failing", after.failing())
                .time("changed", after.changed())
                .number("sequence", after.sequence())
                .number("ttl", now.plus(KEPT).getEpochSecond())
                .text(Transactions.STAMP, stamp);
        after.dueAt().ifPresent(at -> DueIndex.add(attributes, integration, at));
        Put.Builder put = Put.builder().tableName(table).item(item);
        before.stamp()
                .ifPresentOrElse(
                        last -> put.conditionExpression("#stamp = :last")
                                .expressionAttributeNames(Map.of("#stamp", Transactions.STAMP))
                                .expressionAttributeValues(Map.of(":last", AttributeValue.fromS(last))),
                        () -> put.conditionExpression("attribute_not_exists(PK)"));
        return new CompanionItem(TransactWriteItem.builder().put(put.build()).build(), CountedMeanwhile::new);
    }

    /**
     * Moves the time at which a sweep sees to the validation that failing use asks for. Does nothing if it has changed since.
     *
     * @param later empty when that is done
     */
    void dueAt(Tenant tenant, IntegrationId integration, Instant before, Optional<Instant> later) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":before", TypedItem.number(before.toEpochMilli())));
        later.ifPresent(at -> values.put(":later", TypedItem.number(at.toEpochMilli())));
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(key(tenant, integration))
                    .updateExpression(later.isPresent() ? "SET dueAt = :later" : "REMOVE dueAt, duePartition")
                    .conditionExpression("dueAt = :before")
                    .expressionAttributeValues(values)));
        } catch (ConditionalCheckFailedException | TransactionConflictException changedSince) {
            // The other write has set a time of its own, or left this one for the next sweep.
        }
    }

    private static Map<String, AttributeValue> key(Tenant tenant, IntegrationId integration) {
        return TableKey.of(tenant, DueIndex.UseKey.sortKey(integration));
    }

    private static Use use(TypedItem attributes) {
        return new Use(
                attributes.time("window"),
                (int) attributes.number("outcomes"),
                (int) attributes.number("failures"),
                attributes.flag("failing"),
                attributes.time("changed"),
                attributes.number("sequence"),
                attributes.optionalTime(DUE_AT),
                attributes.optionalText(Transactions.STAMP));
    }
}
