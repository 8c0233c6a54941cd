package dev.sea.integrations.table;

import dev.sea.integrations.security.Tenant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Primary keys of the one table: a partition key {@value #PK} and a sort key {@value #SK}, both text. */
public final class TableKey {
    public static final String PK = "PK";
    public static final String SK = "SK";
    private static final String TENANT = "TENANT#";

    private TableKey() {}

    public static Map<String, AttributeValue> of(String pk, String sk) {
        return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
    }

    /** Of an item in a tenant's own partition. */
    public static Map<String, AttributeValue> of(Tenant tenant, String sk) {
        return of(ofTenant(tenant), sk);
    }

    /** The partition key under which everything of one tenant lies. */
    public static String ofTenant(Tenant tenant) {
        return TENANT + tenant.id();
    }

    /** The tenant whose partition key this is. */
    public static Tenant tenant(String pk) {
        return new Tenant(pk.substring(TENANT.length()));
    }
}
