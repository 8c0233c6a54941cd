package dev.sea.integrations.integration;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.Availability;
import dev.sea.integrations.aws.Contention;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Stored integrations: reads, and conditional writes of state and health. */
@ApplicationScoped
class IntegrationStore {
    private final DynamoDbClient dynamo;
    private final String table;
    private final Contention contention;
    private final RandomGenerator random;

    IntegrationStore(DynamoDbClient dynamo, SeaConfig config, Contention contention, RandomGenerator random) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.contention = contention;
        this.random = random;
    }

    /** For one write, its repetitions included. */
    String stamp() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** What became of a conditional write. */
    sealed interface Written {
        record Done() implements Written {}

        /** Somebody else wrote first: how the record is now. */
        record Superseded(Integration now) implements Written {}

        record Gone() implements Written {}
    }

    /** @param more whether there is anything after the last item */
    record Slice(List<Integration> items, boolean more) {}

    /** One strongly consistent read. */
    Optional<Integration> find(Tenant tenant, IntegrationId id) {
        GetItemResponse answer = Availability.required(() -> dynamo.getItem(request ->
                request.tableName(table).key(IntegrationItem.key(tenant, id)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(IntegrationItem.integration(answer.item())) : Optional.empty();
    }

    /** By ID, so in the order of creation: one Query, whatever the tenant holds. */
    Slice slice(Tenant tenant, Optional<IntegrationId> after, int limit) {
        Optional<Map<String, AttributeValue>> start = after.map(id -> IntegrationItem.key(tenant, id));
        QueryResponse answer = Availability.required(() -> dynamo.query(request -> request.tableName(table)
                .keyConditionExpression("PK = :tenant AND begins_with(SK, :integrations)")
                .expressionAttributeValues(Map.of(
                        ":tenant", AttributeValue.fromS(IntegrationItem.tenantKey(tenant)),
                        ":integrations", AttributeValue.fromS(IntegrationItem.SK_PREFIX)))
                .exclusiveStartKey(start.orElse(null))
                .consistentRead(true)
                // One more than asked for tells whether there is more.
                .limit(limit + 1)));
        List<Integration> found =
                answer.items().stream().map(IntegrationItem::integration).toList();
        return found.size() > limit
                ? new Slice(found.subList(0, limit), true)
                : new Slice(found, answer.hasLastEvaluatedKey());
    }

    /**
     * Writes state and health of {@code after} in place of {@code before}'s, provided that neither version nor health
     * changed in between.
     */
    Written replace(Integration before, Integration after) {
        String stamp = stamp();
        return contention.settled(() -> attempt(before, after, stamp));
    }

    private Written attempt(Integration before, Integration after, String stamp) {
        Map<String, AttributeValue> values = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        List<String> sets = new ArrayList<>();
        IntegrationItem.changing(after, stamp).forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name, value);
            sets.add("#" + name + " = :" + name);
        });
        String removes = names.containsKey("#" + IntegrationItem.DUE_AT) ? "" : " REMOVE #duePartition, #dueAt";
        names.put("#duePartition", IntegrationItem.DUE_PARTITION);
        names.put("#dueAt", IntegrationItem.DUE_AT);
        names.put("#sequence", HealthItem.SEQUENCE);
        values.put(":versionBefore", AttributeValue.fromN(Long.toString(before.version())));
        values.put(
                ":sequenceBefore",
                AttributeValue.fromN(Long.toString(before.health().sequence())));
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(IntegrationItem.key(before.tenant(), before.id()))
                    .updateExpression("SET " + String.join(", ", sets) + removes)
                    .conditionExpression("#version = :versionBefore AND #health.#sequence = :sequenceBefore")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return new Written.Done();
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        } catch (ConditionalCheckFailedException failed) {
            return failed.hasItem() ? superseded(failed.item(), stamp) : new Written.Gone();
        }
    }

    /** The SDK repeats a write whose answer got lost, and then meets its own: the stamp tells. */
    private static Written superseded(Map<String, AttributeValue> item, String stamp) {
        return new TypedItem(item)
                        .optionalText(IntegrationItem.STAMP)
                        .filter(stamp::equals)
                        .isPresent()
                ? new Written.Done()
                : new Written.Superseded(IntegrationItem.integration(item));
    }
}
