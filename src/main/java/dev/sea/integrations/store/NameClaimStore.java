package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Which integration of a tenant has a name: an item for each name, written and deleted in the record's transactions.
 *
 * <p>Claims were once made under the name in lower case ({@link IntegrationName#formerClaim}). Such a claim still holds its
 * name, and goes when its integration is deleted or gets another name. Nothing makes new ones, so a read before the transaction
 * is enough to see them. Two integrations whose names became twins by the new form both stay.
 */
@ApplicationScoped
class NameClaimStore {
    private static final String INTEGRATION = "integration";
    private static final String FREE_OR_ITS_OWN = "attribute_not_exists(PK) OR #integration = :id";

    private final DynamoDbClient dynamo;
    private final String table;

    NameClaimStore(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /**
     * Of a new integration.
     *
     * @throws NameTaken when a former claim of another integration holds the name
     */
    List<CompanionItem> claimed(Integration integration) {
        refuseFormer(integration);
        return List.of(put(integration));
    }

    /**
     * Of an integration that may have another name now.
     *
     * @throws NameTaken when a former claim of another integration holds the new name
     */
    List<CompanionItem> moved(Integration before, Integration after) {
        if (before.name().formerClaim().equals(after.name().formerClaim())) {
            return List.of();
        }
        refuseFormer(after);
        List<CompanionItem> items = new ArrayList<>();
        items.add(put(after));
        heldBy(before).stream()
                .filter(claim -> !claim.equals(after.name().claim()))
                .forEach(claim -> items.add(delete(before, claim)));
        return items;
    }

    /** Of an integration that is deleted. */
    List<CompanionItem> released(Integration integration) {
        return heldBy(integration).stream()
                .map(claim -> delete(integration, claim))
                .toList();
    }

    private void refuseFormer(Integration integration) {
        IntegrationName name = integration.name();
        if (!name.formerClaim().equals(name.claim())
                && isAnothers(integration, holder(integration.tenant(), name.formerClaim()))) {
            throw new NameTaken();
        }
    }

    /** The claims to delete with its name. Only a name with two forms needs a read: a twin may hold the new one. */
    private Set<String> heldBy(Integration integration) {
        IntegrationName name = integration.name();
        Set<String> claims = new LinkedHashSet<>(List.of(name.claim(), name.formerClaim()));
        if (claims.size() > 1) {
            claims.removeIf(claim -> isAnothers(integration, holder(integration.tenant(), claim)));
        }
        return claims;
    }

    private static boolean isAnothers(Integration integration, String holder) {
        return !holder.isEmpty() && !holder.equals(integration.id().value());
    }

    /** The ID of the integration that holds a claim, by a strongly consistent read; empty if none does. */
    private String holder(Tenant tenant, String claim) {
        TypedItem item = new TypedItem(Availability.required(() -> dynamo.getItem(
                        get -> get.tableName(table).key(key(tenant, claim)).consistentRead(true)))
                .item());
        return item.has(INTEGRATION) ? item.text(INTEGRATION) : "";
    }

    private CompanionItem put(Integration integration) {
        String claim = integration.name().claim();
        Map<String, AttributeValue> item = new HashMap<>(key(integration.tenant(), claim));
        new TypedItem(item).text(INTEGRATION, integration.id().value());
        return new CompanionItem(
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table)
                                .item(item)
                                .conditionExpression(FREE_OR_ITS_OWN)
                                .expressionAttributeNames(Map.of("#integration", INTEGRATION))
                                .expressionAttributeValues(id(integration)))
                        .build(),
                NameTaken::new);
    }

    private CompanionItem delete(Integration integration, String claim) {
        return new CompanionItem(
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table)
                                .key(key(integration.tenant(), claim))
                                .conditionExpression(FREE_OR_ITS_OWN)
                                .expressionAttributeNames(Map.of("#integration", INTEGRATION))
                                .expressionAttributeValues(id(integration)))
                        .build(),
                ChangedMeanwhile::new);
    }

    private static Map<String, AttributeValue> id(Integration integration) {
        return Map.of(":id", AttributeValue.fromS(integration.id().value()));
    }

    private static Map<String, AttributeValue> key(Tenant tenant, String claim) {
        return TableKey.of(tenant, "NAME#" + claim);
    }
}
