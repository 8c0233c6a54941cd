package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Which integration of a tenant has a name: an item for each name, written and deleted in the record's transactions. */
@ApplicationScoped
class NameClaimStore {
    private static final String INTEGRATION = "integration";

    private final String table;

    NameClaimStore(SeaConfig config) {
        this.table = config.table();
    }

    CompanionItem claim(Integration integration) {
        Map<String, AttributeValue> item = new HashMap<>(key(integration));
        new TypedItem(item).text(INTEGRATION, integration.id().value());
        return new CompanionItem(
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(PK)"))
                        .build(),
                NameTaken::new);
    }

    CompanionItem release(Integration integration) {
        return new CompanionItem(
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table)
                                .key(key(integration))
                                .conditionExpression("attribute_not_exists(PK) OR #integration = :id")
                                .expressionAttributeNames(Map.of("#integration", INTEGRATION))
                                .expressionAttributeValues(Map.of(
                                        ":id",
                                        AttributeValue.fromS(integration.id().value()))))
                        .build(),
                ChangedMeanwhile::new);
    }

    private static Map<String, AttributeValue> key(Integration integration) {
        return TableKey.of(integration.tenant(), "NAME#" + integration.name().claim());
    }
}
