package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationFilter;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.QueryPage;
import dev.sea.integrations.table.TableKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A tenant's integrations, by ID and so in the order of creation: a new one comes after every cursor. */
@ApplicationScoped
public class IntegrationListStore {
    /** The most records that a filtered page reads: 500 of about 700 bytes, well below the 1 MB that a Query returns. */
    private static final int FILTERED = 500;

    private static final Logger LOG = Logger.getLogger(IntegrationListStore.class);

    private final DynamoDbClient dynamo;
    private final String table;

    IntegrationListStore(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /**
     * What one query found.
     *
     * @param unreadable IDs of those whose records cannot be read
     * @param next the ID that the following slice starts after, as it is stored; empty on the last one
     */
    public record Slice(List<Integration> items, List<String> unreadable, Optional<String> next) {}

    /**
     * One Query, whatever the tenant holds. The filter applies to what the Query has read, so a slice may be short, even
     * empty, although there are more.
     */
    public Slice slice(Tenant tenant, Optional<String> after, int limit, IntegrationFilter filter) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":tenant", AttributeValue.fromS(TableKey.ofTenant(tenant)),
                ":integrations", AttributeValue.fromS(IntegrationItem.SK_PREFIX)));
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("PK = :tenant AND begins_with(SK, :integrations)")
                .consistentRead(true);
        after.ifPresent(id -> query.exclusiveStartKey(TableKey.of(tenant, IntegrationItem.SK_PREFIX + id)));
        if (filter.isEmpty()) {
            // One more than asked for shows whether there is a next page.
            query.limit(limit + 1);
        } else {
            Condition condition = Condition.of(filter);
            values.putAll(condition.values());
            query.filterExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .limit(FILTERED);
        }
        QueryPage page = QueryPage.of(
                Availability.required(() ->
                        dynamo.query(query.expressionAttributeValues(values).build())),
                limit);
        return slice(page.items(), page.last().map(IntegrationItem::idAsStored));
    }

    private static Slice slice(List<Map<String, AttributeValue>> found, Optional<String> next) {
        List<Integration> items = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Map<String, AttributeValue> item : found) {
            try {
                items.add(IntegrationItem.integration(item));
            } catch (UnreadableIntegration broken) {
                LOG.errorf(broken, "%s cannot be read", IntegrationItem.idAsStored(item));
                unreadable.add(IntegrationItem.idAsStored(item));
            }
        }
        return new Slice(items, unreadable, next);
    }

    /** A filter as an expression on a record's item. */
    private record Condition(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

        /** Of a filter that is not empty. */
        static Condition of(IntegrationFilter filter) {
            List<String> conditions = new ArrayList<>();
            Map<String, String> names = new HashMap<>();
            Map<String, AttributeValue> values = new HashMap<>();
            filter.state().ifPresent(state -> {
                conditions.add("#state = :state");
                names.put("#state", IntegrationItem.STATE);
                values.put(":state", AttributeValue.fromS(state.name()));
            });
            filter.health().ifPresent(status -> {
                conditions.add("#health.#status = :status");
                names.put("#health", IntegrationItem.HEALTH);
                names.put("#status", HealthItem.STATUS);
                values.put(":status", AttributeValue.fromS(status.name()));
            });
            filter.namePrefix().ifPresent(prefix -> {
                conditions.add("begins_with(#name, :name)");
                names.put("#name", IntegrationItem.NAME_CLAIM);
                values.put(":name", AttributeValue.fromS(prefix));
            });
            return new Condition(String.join(" AND ", conditions), names, values);
        }
    }
}
