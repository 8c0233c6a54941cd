package dev.sea.integrations.simulation.dynamo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Random requests to DynamoDB about a few items, of the kinds that the service makes. */
final class RandomCalls {
    private static final List<String> PARTITIONS = List.of("TENANT#a", "TENANT#b", "EXTID#1");
    private static final List<Integer> DUE_PARTITIONS = List.of(1, 2);

    private static final List<String> SORT_KEYS =
            List.of("COUNT", "GRANT#1#1", "GRANT#1#2", "INT#1", "INT#2", "NAME#x");

    private final RandomGenerator random;
    private final String table;
    private final List<TransactWriteItemsRequest> transactions = new ArrayList<>();

    RandomCalls(RandomGenerator random, String table) {
        this.random = random;
        this.table = table;
    }

    List<DynamoDbRequest> sequence(int length) {
        return IntStream.range(0, length).mapToObj(_ -> call()).toList();
    }

    private DynamoDbRequest call() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> put();
            case 4, 5, 6, 7, 8, 9 -> update();
            case 10 -> delete();
            case 11, 12, 13, 14 -> transaction();
            case 15, 16 -> query();
            case 17, 18 -> queryIndex();
            default -> random.nextBoolean() ? get() : batch();
        };
    }

    private boolean rarely() {
        return random.nextInt(4) == 0;
    }

    private @Nullable ReturnValuesOnConditionCheckFailure failure() {
        return random.nextBoolean() ? ReturnValuesOnConditionCheckFailure.ALL_OLD : null;
    }

    private Map<String, AttributeValue> key() {
        return Map.of(
                "PK", AttributeValue.fromS(oneOf(PARTITIONS)),
                "SK", AttributeValue.fromS(oneOf(SORT_KEYS)));
    }

    private Map<String, AttributeValue> item() {
        Map<String, AttributeValue> item = new HashMap<>(key());
        RandomExpressions expressions = new RandomExpressions(random);
        for (String attribute : RandomExpressions.all()) {
            if (random.nextInt(3) > 0) {
                item.put(attribute, expressions.of(attribute));
            }
        }
        return item;
    }

    private PutItemRequest put() {
        RandomExpressions expressions = new RandomExpressions(random);
        return PutItemRequest.builder()
                .tableName(table)
                .item(item())
                .conditionExpression(random.nextBoolean() ? null : expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValues(rarely() ? ReturnValue.ALL_OLD : null)
                .returnValuesOnConditionCheckFailure(failure())
                .build();
    }

    private UpdateItemRequest update() {
        RandomExpressions expressions = new RandomExpressions(random);
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key())
                .updateExpression(expressions.update())
                .conditionExpression(random.nextBoolean() ? null : expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValues(oneOf(List.of(ReturnValue.ALL_NEW, ReturnValue.ALL_OLD, ReturnValue.NONE)))
                .returnValuesOnConditionCheckFailure(failure())
                .build();
    }

    private DeleteItemRequest delete() {
        RandomExpressions expressions = new RandomExpressions(random);
        return DeleteItemRequest.builder()
                .tableName(table)
                .key(key())
                .conditionExpression(random.nextBoolean() ? null : expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValues(rarely() ? ReturnValue.ALL_OLD : null)
                .returnValuesOnConditionCheckFailure(failure())
                .build();
    }

    /** Now and then one that was sent before, or another one under its token. */
    private TransactWriteItemsRequest transaction() {
        if (!transactions.isEmpty() && rarely()) {
            return oneOf(transactions);
        }
        boolean taken = !transactions.isEmpty() && random.nextInt(10) == 0;
        TransactWriteItemsRequest transaction = TransactWriteItemsRequest.builder()
                .clientRequestToken(
                        taken ? transactions.getFirst().clientRequestToken() : "token-" + transactions.size())
                .transactItems(IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(_ -> part())
                        .toList())
                .build();
        transactions.add(transaction);
        return transaction;
    }

    private TransactWriteItem part() {
        RandomExpressions expressions = new RandomExpressions(random);
        String condition = random.nextBoolean() ? null : expressions.condition();
        return switch (random.nextInt(5)) {
            case 0, 1 ->
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table)
                                .item(item())
                                .conditionExpression(condition)
                                .expressionAttributeNames(expressions.names())
                                .expressionAttributeValues(expressions.values())
                                .returnValuesOnConditionCheckFailure(failure()))
                        .build();
            case 2, 3 ->
                TransactWriteItem.builder()
                        .update(update -> update.tableName(table)
                                .key(key())
                                .updateExpression(expressions.update())
                                .conditionExpression(condition)
                                .expressionAttributeNames(expressions.names())
                                .expressionAttributeValues(expressions.values())
                                .returnValuesOnConditionCheckFailure(failure()))
                        .build();
            default -> deleteOrCheck(expressions, condition);
        };
    }

    private TransactWriteItem deleteOrCheck(RandomExpressions expressions, @Nullable String condition) {
        if (condition == null || random.nextBoolean()) {
            return TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(table)
                            .key(key())
                            .conditionExpression(condition)
                            .expressionAttributeNames(expressions.names())
                            .expressionAttributeValues(expressions.values())
                            .returnValuesOnConditionCheckFailure(failure()))
                    .build();
        }
        return TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(key())
                        .conditionExpression(condition)
                        .expressionAttributeNames(expressions.names())
                        .expressionAttributeValues(expressions.values())
                        .returnValuesOnConditionCheckFailure(failure()))
                .build();
    }

    private GetItemRequest get() {
        RandomExpressions expressions = new RandomExpressions(random);
        return GetItemRequest.builder()
                .tableName(table)
                .key(key())
                .consistentRead(true)
                .projectionExpression(random.nextBoolean() ? null : expressions.projection())
                .expressionAttributeNames(expressions.names())
                .build();
    }

    private BatchGetItemRequest batch() {
        return BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        table,
                        KeysAndAttributes.builder()
                                .keys(IntStream.rangeClosed(0, random.nextInt(4))
                                        .mapToObj(_ -> key())
                                        .toList())
                                .consistentRead(true)
                                .build()))
                .build();
    }

    private QueryRequest query() {
        RandomExpressions expressions = new RandomExpressions(random);
        String partition = oneOf(PARTITIONS);
        String condition =
                "PK = " + expressions.value(AttributeValue.fromS(partition)) + onSortKey("SK", sortKeys(), expressions);
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(condition)
                .filterExpression(random.nextBoolean() ? null : expressions.condition())
                .consistentRead(true)
                .scanIndexForward(random.nextBoolean() ? false : null)
                .limit(random.nextBoolean() ? 1 + random.nextInt(4) : null);
        if (rarely()) {
            query.select(Select.COUNT);
        } else if (random.nextBoolean()) {
            query.projectionExpression(expressions.projection());
        }
        if (rarely() && !condition.contains(" AND ")) {
            query.exclusiveStartKey(
                    Map.of("PK", AttributeValue.fromS(partition), "SK", AttributeValue.fromS(oneOf(SORT_KEYS))));
        }
        return query.expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .build();
    }

    private List<AttributeValue> sortKeys() {
        return List.of(
                AttributeValue.fromS(oneOf(SORT_KEYS)),
                AttributeValue.fromS(oneOf(List.of("INT#", "GRANT#", "GRANT#1#", "N", ""))));
    }

    /** DynamoDB does not say in which order items with one bucket come. */
    private QueryRequest queryBuckets() {
        RandomExpressions expressions = new RandomExpressions(random);
        return QueryRequest.builder()
                .tableName(table)
                .indexName("recordsTo")
                .keyConditionExpression(
                        expressions.name("recordsTo") + " = " + expressions.value(expressions.of("state")))
                .select(Select.COUNT)
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .build();
    }

    private QueryRequest queryIndex() {
        if (random.nextInt(3) == 0) {
            return queryBuckets();
        }
        RandomExpressions expressions = new RandomExpressions(random);
        List<AttributeValue> bounds = List.of(expressions.of("dueAt"), expressions.of("dueAt"));
        String partition =
                expressions.value(AttributeValue.fromN(oneOf(DUE_PARTITIONS).toString()));
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .indexName("due")
                .keyConditionExpression("duePartition = " + partition + " AND dueAt "
                        + oneOf(List.of("<", "<=", ">", ">=")) + " " + expressions.value(oneOf(bounds)))
                .scanIndexForward(random.nextBoolean() ? false : null)
                .limit(random.nextBoolean() ? 1 + random.nextInt(4) : null);
        if (rarely()) {
            query.select(Select.COUNT);
        }
        return query.expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .build();
    }

    /** @param some a value that may be a whole sort key, and the start of one */
    private String onSortKey(String name, List<AttributeValue> some, RandomExpressions expressions) {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> " AND begins_with(" + name + ", " + expressions.value(some.getLast()) + ")";
            case 2 -> {
                List<AttributeValue> bounds = new ArrayList<>(some);
                bounds.sort(AttributeValues::order);
                yield " AND " + name + " BETWEEN " + expressions.value(bounds.getFirst()) + " AND "
                        + expressions.value(bounds.getLast());
            }
            default ->
                " AND " + name + " " + oneOf(List.of("=", "<", "<=", ">", ">=")) + " "
                        + expressions.value(some.getFirst());
        };
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
