package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.Answers;
import dev.sea.integrations.simulation.aws.Differential.Difference;
import dev.sea.integrations.testing.Account;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/**
 * The same calls to DynamoDB on a model and on the local AWS, each with a new and empty table. The index has seen all changes
 * before each call.
 */
public final class DynamoTrial {
    /** The table that the calls are to name. */
    public static final String TABLE = "simulated";

    private static final Answers ANSWERS = new Answers(Set.of("ConsumedCapacity", "ItemCollectionMetrics"), false);

    private static final DynamoDbClient AWS = Account.SERVICE.dynamoDb();

    private DynamoTrial() {}

    /** The first call that was answered differently, or what is stored differently in the end. */
    public static Optional<Difference> difference(List<DynamoDbRequest> calls) {
        deleteTable();
        createTable();
        DynamoModel model = new DynamoModel(InstantSource.system(), TABLE);
        String fresh = UUID.randomUUID().toString().substring(0, 8);
        for (int at = 0; at < calls.size(); at++) {
            DynamoDbRequest call = withFreshToken(calls.get(at), fresh);
            model.spreadAll();
            String ofModel = ANSWERS.of(() -> call(model, call));
            String ofAws = ANSWERS.of(() -> call(AWS, call));
            if (!ofModel.equals(ofAws)) {
                return Optional.of(new Difference(at, ofModel, ofAws));
            }
        }
        model.spreadAll();
        return stored(calls.size() - 1, model.items(), scan(null))
                .or(() -> stored(calls.size() - 1, model.in(DynamoIndex.DUE), scan("due")))
                .or(() -> stored(calls.size() - 1, model.in(DynamoIndex.RECORDS_TO), scan("recordsTo")));
    }

    /** A token of an earlier trial would still be known. */
    private static DynamoDbRequest withFreshToken(DynamoDbRequest call, String fresh) {
        return call instanceof TransactWriteItemsRequest transaction
                ? transaction.toBuilder()
                        .clientRequestToken(transaction.clientRequestToken() + "-" + fresh)
                        .build()
                : call;
    }

    private static Optional<Difference> stored(
            int at, List<Map<String, AttributeValue>> inModel, List<Map<String, AttributeValue>> inAws) {
        String ofModel = sorted(inModel);
        String ofAws = sorted(inAws);
        return ofModel.equals(ofAws) ? Optional.empty() : Optional.of(new Difference(at, ofModel, ofAws));
    }

    private static String sorted(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item -> ANSWERS.of(() -> item))
                .sorted()
                .toList()
                .toString();
    }

    private static List<Map<String, AttributeValue>> scan(@Nullable String index) {
        return AWS.scanPaginator(request -> request.tableName(TABLE).indexName(index)).items().stream()
                .toList();
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

    static void deleteTable() {
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
                        attribute -> attribute.attributeName("dueAt").attributeType(ScalarAttributeType.N),
                        attribute -> attribute.attributeName("recordsTo").attributeType(ScalarAttributeType.S))
                .keySchema(
                        key -> key.attributeName("PK").keyType(KeyType.HASH),
                        key -> key.attributeName("SK").keyType(KeyType.RANGE))
                .globalSecondaryIndexes(
                        index -> index.indexName("due")
                                .keySchema(
                                        key -> key.attributeName("duePartition").keyType(KeyType.HASH),
                                        key -> key.attributeName("dueAt").keyType(KeyType.RANGE))
                                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY)),
                        index -> index.indexName("recordsTo")
                                .keySchema(key -> key.attributeName("recordsTo").keyType(KeyType.HASH))
                                .projection(projection -> projection
                                        .projectionType(ProjectionType.INCLUDE)
                                        .nonKeyAttributes("prefix"))));
    }
}
