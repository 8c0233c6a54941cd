package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** How many integrations a tenant has, counted in the transactions that create and delete them. */
@ApplicationScoped
class TenantCountStore {
    private static final String COUNT = "integrations";

    private final String table;
    private final int limit;

    TenantCountStore(SeaConfig config) {
        this.table = config.table();
        this.limit = config.limits().integrations();
    }

    CompanionItem oneMore(Tenant tenant) {
        Update update = counting(tenant)
                .conditionExpression("attribute_not_exists(#count) OR #count < :limit")
                .expressionAttributeValues(Map.of(":by", TypedItem.number(1), ":limit", TypedItem.number(limit)))
                .build();
        return new CompanionItem(TransactWriteItem.builder().update(update).build(), () -> new LimitReached(limit));
    }

    /** Without a condition: a wrong count must never prevent a deletion. */
    CompanionItem oneLess(Tenant tenant) {
        Update update = counting(tenant)
                .expressionAttributeValues(Map.of(":by", TypedItem.number(-1)))
                .build();
        return new CompanionItem(TransactWriteItem.builder().update(update).build(), ChangedMeanwhile::new);
    }

    private Update.Builder counting(Tenant tenant) {
        return Update.builder()
                .tableName(table)
                .key(TableKey.of(tenant, "COUNT"))
                .updateExpression("ADD #count :by")
                .expressionAttributeNames(Map.of("#count", COUNT));
    }
}
