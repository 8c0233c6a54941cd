package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Keeps the integrations to which recordings go: while the destination's item names one, it is neither deactivated nor deleted.
 * The item is written on the condition that they are active, so neither of two requests at once can break this.
 */
@ApplicationScoped
public class DestinationGuard {
    /**
     * Attribute with the ID of the integration to which recordings go. An item without it is a destination that was removed.
     */
    public static final String PRIMARY = "primary";

    /** Attribute with the ID of the integration that stands by; absent where there is none. */
    public static final String SECONDARY = "secondary";

    private final DynamoDbClient dynamo;
    private final String table;

    DestinationGuard(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /** The key of the item with a tenant's destination of recordings. */
    public static Map<String, AttributeValue> key(Tenant tenant) {
        return TableKey.of(tenant, "DESTINATION#recordings");
    }

    /** A condition for a transaction: no recordings go to this integration, and it does not stand by for them. */
    public CompanionItem unused(Tenant tenant, IntegrationId id) {
        return new CompanionItem(
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(table)
                                .key(key(tenant))
                                .conditionExpression("(attribute_not_exists(#primary) OR #primary <> :id)"
                                        + " AND (attribute_not_exists(#secondary) OR #secondary <> :id)")
                                .expressionAttributeNames(Map.of("#primary", PRIMARY, "#secondary", SECONDARY))
                                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id.value()))))
                        .build(),
                () -> new InUse(id));
    }

    /**
     * Reads whether it is used.
     *
     * @throws InUse if so
     */
    public void refuseUsed(Tenant tenant, IntegrationId id) {
        TypedItem item = new TypedItem(Availability.required(() -> dynamo.getItem(
                        get -> get.tableName(table).key(key(tenant)).consistentRead(true)))
                .item());
        if (item.optionalText(PRIMARY).filter(id.value()::equals).isPresent()
                || item.optionalText(SECONDARY).filter(id.value()::equals).isPresent()) {
            throw new InUse(id);
        }
    }
}
