package dev.sea.integrations.grant;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Grants to record, as stored. A grant to play is not stored: nothing has to arrive. */
@ApplicationScoped
public class GrantStore {
    private final DynamoDbClient dynamo;
    private final String table;

    GrantStore(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /**
     * Stores a new grant by one PutItem. The SDK repeats a request whose answer got lost, and then finds its own item.
     *
     * @throws dev.sea.integrations.problem.Unavailable where it may succeed later; the item may be there all the same
     */
    public void put(RecordGrant grant) {
        Map<String, AttributeValue> item = GrantItem.open(grant);
        try {
            Availability.required(() -> dynamo.putItem(request -> request.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(PK)")
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        } catch (ConditionalCheckFailedException there) {
            if (!item.equals(there.item())) {
                throw new IllegalStateException("the ID of " + grant.id() + " is another grant's", there);
            }
        }
    }

    /** One strongly consistent read. */
    public Optional<RecordGrant> find(Tenant tenant, IntegrationId integration, GrantId id) {
        Map<String, AttributeValue> item = Availability.required(
                        () -> dynamo.getItem(request -> request.tableName(table)
                                .key(GrantItem.key(tenant, integration, id))
                                .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(GrantItem.grant(item));
    }
}
