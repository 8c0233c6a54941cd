package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which integrations have objects in common: the same bucket, and a prefix that contains the other's. */
@ApplicationScoped
public class NeighbourStore {
    private static final String INDEX = "recordsTo";

    private final DynamoDbClient dynamo;
    private final String table;

    NeighbourStore(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /**
     * The names of those that share objects with a target. One Query, which reads 1 MB: some 1,400 records.
     *
     * @param itself the integration that has the target; empty for a draft
     */
    public List<String> sharing(Tenant tenant, Optional<IntegrationId> itself, Target target) {
        return Availability.required(() -> dynamo.query(query -> query.tableName(table)
                        .keyConditionExpression("PK = :tenant AND begins_with(SK, :integrations)")
                        .filterExpression("#bucket = :bucket")
                        .projectionExpression("SK, #name, #prefix")
                        .expressionAttributeNames(Map.of(
                                "#bucket", IntegrationItem.BUCKET,
                                "#name", IntegrationItem.NAME,
                                "#prefix", IntegrationItem.PREFIX))
                        .expressionAttributeValues(Map.of(
                                ":tenant", AttributeValue.fromS(TableKey.ofTenant(tenant)),
                                ":integrations", AttributeValue.fromS(IntegrationItem.SK_PREFIX),
                                ":bucket", AttributeValue.fromS(target.bucket().value())))))
                .items()
                .stream()
                .filter(item -> itself.map(IntegrationId::value)
                        .filter(IntegrationItem.idAsStored(item)::equals)
                        .isEmpty())
                .map(TypedItem::new)
                .filter(other -> contain(
                        other.text(IntegrationItem.PREFIX), target.prefix().value()))
                .map(other -> other.text(IntegrationItem.NAME))
                .toList();
    }

    /**
     * An active integration of another tenant.
     *
     * @param id as it is stored
     */
    public record Stranger(Tenant tenant, String id) {}

    /**
     * Other tenants' active integrations that share objects with a target. One Query of the index {@code recordsTo}, which is a
     * moment behind the table and reads 1 MB: some 5,000 integrations with one bucket. An integration from before there was the
     * index is in it once its health has been written.
     */
    public List<Stranger> ofOtherTenants(Tenant tenant, Target target) {
        return Availability.required(() -> dynamo.query(query -> query.tableName(table)
                        .indexName(INDEX)
                        .keyConditionExpression("#bucket = :bucket")
                        .expressionAttributeNames(Map.of("#bucket", IntegrationItem.RECORDS_TO))
                        .expressionAttributeValues(Map.of(
                                ":bucket", AttributeValue.fromS(target.bucket().value())))))
                .items()
                .stream()
                .filter(other -> contain(prefix(other), target.prefix().value()))
                .map(other -> new Stranger(
                        TableKey.tenant(new TypedItem(other).text(TableKey.PK)), IntegrationItem.idAsStored(other)))
                .filter(other -> !other.tenant().equals(tenant))
                .toList();
    }

    /** Of a record that lost its prefix, all objects: it must not keep others from recording. */
    private static String prefix(Map<String, AttributeValue> item) {
        return new TypedItem(item).optionalText(IntegrationItem.PREFIX).orElse("");
    }

    /** A prefix ends with a slash, or is empty. */
    private static boolean contain(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }
}
