package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.Answers;
import dev.sea.integrations.simulation.Differential;
import dev.sea.integrations.simulation.Differential.Difference;
import dev.sea.integrations.testing.Account;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The model of DynamoDB answers as the local AWS does. */
class DynamoModelTest {
    private static final String TABLE = "simulated";
    private static final Answers ANSWERS = new Answers(Set.of("ConsumedCapacity", "ItemCollectionMetrics"), false);

    private static final DynamoDbClient AWS = Account.SERVICE.dynamoDb();

    @AfterAll
    static void removeTable() {
        deleteTable();
    }

    @Test
    void answersRandomCallsAsTheLocalAwsDoes() {
        new Differential<>(random -> new RandomCalls(random, TABLE).sequence(25), DynamoModelTest::difference)
                .check(Long.getLong("models.seed", 1), Integer.getInteger("models.seeds", 12));
    }

    private static Optional<Difference> difference(List<DynamoDbRequest> calls) {
        deleteTable();
        createTable();
        DynamoModel model = new DynamoModel(InstantSource.system(), TABLE);
        List<DynamoDbRequest> all = Stream.concat(calls.stream(), everything()).toList();
        String fresh = UUID.randomUUID().toString().substring(0, 8);
        for (int at = 0; at < all.size(); at++) {
            DynamoDbRequest call = withFreshToken(all.get(at), fresh);
            model.spreadAll();
            String ofModel = ANSWERS.of(() -> call(model, call));
            String ofAws = ANSWERS.of(() -> call(AWS, call));
            if (!ofModel.equals(ofAws)) {
                return Optional.of(new Difference(Math.min(at, calls.size() - 1), ofModel, ofAws));
            }
        }
        return Optional.empty();
    }

    /** A token of an earlier trial would still be known. */
    private static DynamoDbRequest withFreshToken(DynamoDbRequest call, String fresh) {
        return call instanceof TransactWriteItemsRequest transaction
                ? transaction.toBuilder()
                        .clientRequestToken(transaction.clientRequestToken() + "-" + fresh)
                        .build()
                : call;
    }

    /** Reads all that is stored, in the table and in the index. */
    private static Stream<DynamoDbRequest> everything() {
        return Stream.concat(
                RandomCalls.PARTITIONS.stream()
                        .map(partition ->
                                query("PK", AttributeValue.fromS(partition)).build()),
                RandomCalls.DUE_PARTITIONS.stream()
                        .map(partition -> query("duePartition", AttributeValue.fromN(partition.toString()))
                                .indexName("due")
                                .build()));
    }

    private static QueryRequest.Builder query(String attribute, AttributeValue partition) {
        return QueryRequest.builder()
                .tableName(TABLE)
                .keyConditionExpression(attribute + " = :partition")
                .expressionAttributeValues(Map.of(":partition", partition));
    }

    private static Object call(DynamoDbClient client, DynamoDbRequest call) {
        return switch (call) {
            case GetItemRequest get -> client.getItem(get);
            case BatchGetItemRequest batch -> client.batchGetItem(batch);
            case PutItemRequest put -> client.putItem(put);
            case UpdateItemRequest update -> client.updateItem(update);
            case DeleteItemRequest delete -> client.deleteItem(delete);
            case QueryRequest query -> client.query(query);
            case TransactWriteItemsRequest transaction -> client.transactWriteItems(transaction);
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private static void deleteTable() {
        try {
            AWS.deleteTable(request -> request.tableName(TABLE));
        } catch (ResourceNotFoundException none) {
            // The first one has yet to be made.
        }
    }

    private static void createTable() {
        AWS.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute -> attribute.attributeName("PK").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("SK").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("duePartition").attributeType(ScalarAttributeType.N),
                        attribute -> attribute.attributeName("dueAt").attributeType(ScalarAttributeType.N))
                .keySchema(
                        key -> key.attributeName("PK").keyType(KeyType.HASH),
                        key -> key.attributeName("SK").keyType(KeyType.RANGE))
                .globalSecondaryIndexes(index -> index.indexName("due")
                        .keySchema(
                                key -> key.attributeName("duePartition").keyType(KeyType.HASH),
                                key -> key.attributeName("dueAt").keyType(KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))));
    }
}
