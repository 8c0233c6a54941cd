package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * What is counted of a tenant's integrations, by one Query that brings only that along. A Query reads 1 MB, which is some 1,400
 * records.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html">Paginating Query
 *     results</a>
 */
@ApplicationScoped
public class SummaryStore {
    private final DynamoDbClient dynamo;
    private final String table;

    SummaryStore(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /**
     * One integration.
     *
     * @param knownAt when a validation last learned something of it; before the first one, when its status began
     * @param advice that stands
     */
    public record Counted(State state, Health.Status status, Instant knownAt, Set<AdviceCode> advice) {}

    /**
     * What the Query found.
     *
     * @param unreadable how many records cannot be read
     * @param complete whether the tenant has no more
     */
    public record Found(List<Counted> integrations, int unreadable, boolean complete) {}

    /** One Query, whatever the tenant holds. */
    public Found all(Tenant tenant) {
        QueryResponse answer = Availability.required(() -> dynamo.query(query -> query.tableName(table)
                .keyConditionExpression("PK = :tenant AND begins_with(SK, :integrations)")
                .consistentRead(true)
                .projectionExpression("#state, #health.#status, #posture, " + HealthItem.KNOWN_AT)
                .expressionAttributeNames(Map.of(
                        "#state", IntegrationItem.STATE,
                        "#health", IntegrationItem.HEALTH,
                        "#posture", IntegrationItem.POSTURE,
                        "#status", HealthItem.STATUS))
                .expressionAttributeValues(Map.of(
                        ":tenant", AttributeValue.fromS(TableKey.ofTenant(tenant)),
                        ":integrations", AttributeValue.fromS(IntegrationItem.SK_PREFIX)))));
        List<Counted> integrations = new ArrayList<>();
        int unreadable = 0;
        for (Map<String, AttributeValue> item : answer.items()) {
            try {
                integrations.add(counted(new TypedItem(item)));
            } catch (RuntimeException broken) {
                unreadable++;
            }
        }
        return new Found(integrations, unreadable, !answer.hasLastEvaluatedKey());
    }

    private static Counted counted(TypedItem item) {
        TypedItem health = item.map(IntegrationItem.HEALTH);
        return new Counted(
                State.valueOf(item.text(IntegrationItem.STATE)),
                Health.Status.valueOf(health.text(HealthItem.STATUS)),
                HealthItem.knownAt(health),
                IntegrationItem.posture(item).standing().keySet());
    }
}
