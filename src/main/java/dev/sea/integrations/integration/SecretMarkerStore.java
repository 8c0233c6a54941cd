package dev.sea.integrations.integration;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.Availability;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Markers of secrets that no record points to yet: written before the secret is made, taken away in the transaction that
 * stores the record. A secret may be deleted only by whoever moved its marker from PENDING to REMOVING: from then on
 * that transaction cannot succeed any more, so that no record can be left without its secret.
 */
@ApplicationScoped
class SecretMarkerStore {
    private static final String PENDING = "PENDING";
    private static final String REMOVING = "REMOVING";

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource time;

    SecretMarkerStore(DynamoDbClient dynamo, SeaConfig config, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.time = time;
    }

    void announce(String secretName) {
        Map<String, AttributeValue> item = new HashMap<>(key(secretName));
        new TypedItem(item).text("state", PENDING).time("since", time.instant());
        Availability.required(
                () -> dynamo.putItem(request -> request.tableName(table).item(item)));
    }

    /** Part of the transaction that stores the record. */
    Delete settled(String secretName) {
        return Delete.builder()
                .tableName(table)
                .key(key(secretName))
                .conditionExpression("#state = :pending")
                .expressionAttributeNames(Map.of("#state", "state"))
                .expressionAttributeValues(Map.of(":pending", AttributeValue.fromS(PENDING)))
                .build();
    }

    /** Whether the secret is the caller's to delete: false when its record was stored after all. */
    boolean takeForRemoval(String secretName) {
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(key(secretName))
                    .updateExpression("SET #state = :removing")
                    .conditionExpression("#state = :pending")
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(Map.of(
                            ":pending", AttributeValue.fromS(PENDING), ":removing", AttributeValue.fromS(REMOVING)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return true;
        } catch (ConditionalCheckFailedException notPending) {
            // Still there: moved by an attempt of this very call whose answer got lost, or by somebody who removes it
            // too.
            return notPending.hasItem();
        }
    }

    void remove(String secretName) {
        Availability.required(
                () -> dynamo.deleteItem(request -> request.tableName(table).key(key(secretName))));
    }

    private static Map<String, AttributeValue> key(String secretName) {
        return IntegrationItem.key("ORPHAN#" + IntegrationItem.partition(secretName), secretName);
    }
}
