package dev.sea.integrations.store;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import dev.sea.integrations.testing.Account;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** What lies in the service's table and vault, seen past the service. */
public final class Items {
    private static final String TABLE = "local-sea-external-integrations";

    private Items() {}

    public static Map<String, AttributeValue> integration(String tenant, String id) {
        return Account.SERVICE
                .dynamoDb()
                .getItem(request -> request.tableName(TABLE).key(TableKey.of("TENANT#" + tenant, "INT#" + id)))
                .item();
    }

    /** Sort keys of all that the tenant has. */
    static List<String> ofTenant(String tenant) {
        return Account.SERVICE
                .dynamoDb()
                .queryPaginator(request -> request.tableName(TABLE)
                        .keyConditionExpression("PK = :tenant")
                        .expressionAttributeValues(Map.of(":tenant", AttributeValue.fromS("TENANT#" + tenant))))
                .items()
                .stream()
                .map(item -> new TypedItem(item).text("SK"))
                .toList();
    }

    public static long count(String tenant) {
        AttributeValue count = Account.SERVICE
                .dynamoDb()
                .getItem(request -> request.tableName(TABLE).key(TableKey.of("TENANT#" + tenant, "COUNT")))
                .item()
                .get("integrations");
        return count == null ? 0 : Long.parseLong(count.n());
    }

    /** Names of the tenant's secrets, those about to be deleted included. */
    public static List<String> secrets(String tenant) {
        return Account.SERVICE
                .secretsManager()
                .listSecretsPaginator(request -> request.includePlannedDeletion(true))
                .stream()
                .flatMap(page -> page.secretList().stream())
                .map(SecretListEntry::name)
                .filter(name -> name.contains("/" + tenant + "/"))
                .toList();
    }

    /** Names of the tenant's secrets that have a marker. */
    public static List<String> markers(String tenant) {
        return Account.SERVICE
                .dynamoDb()
                .scanPaginator(request -> request.tableName(TABLE)
                        .filterExpression("begins_with(PK, :orphan) AND contains(SK, :tenant)")
                        .expressionAttributeValues(Map.of(
                                ":orphan", AttributeValue.fromS("ORPHAN#"),
                                ":tenant", AttributeValue.fromS("/" + tenant + "/"))))
                .items()
                .stream()
                .map(item -> new TypedItem(item).text("SK"))
                .toList();
    }

    /** Of a claim by another tenant, as minting an external ID leaves it. */
    static void reserve(ExternalId externalId, String tenant, Instant until) {
        Map<String, AttributeValue> item = new HashMap<>(ExternalIdClaimStore.key(externalId));
        item.put("tenant", AttributeValue.fromS(tenant));
        item.put("ttl", AttributeValue.fromN(Long.toString(until.getEpochSecond())));
        Account.SERVICE.dynamoDb().putItem(request -> request.tableName(TABLE).item(item));
    }

    static Map<String, AttributeValue> claim(ExternalId externalId) {
        return Account.SERVICE
                .dynamoDb()
                .getItem(request -> request.tableName(TABLE).key(ExternalIdClaimStore.key(externalId)))
                .item();
    }

    public static void delete(String tenant, IntegrationId id) {
        Account.SERVICE
                .dynamoDb()
                .deleteItem(request -> request.tableName(TABLE).key(TableKey.of("TENANT#" + tenant, "INT#" + id)));
    }

    /** A record that no code of ours wrote. */
    static void putUnreadable(String tenant, String id) {
        Account.SERVICE
                .dynamoDb()
                .putItem(request -> request.tableName(TABLE).item(TableKey.of("TENANT#" + tenant, "INT#" + id)));
    }
}
