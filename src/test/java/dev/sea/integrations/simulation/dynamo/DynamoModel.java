package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.AwsErrors;
import dev.sea.integrations.simulation.dynamo.DynamoTable.Key;
import dev.sea.integrations.simulation.dynamo.DynamoTable.Place;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Compiled;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.DocumentPath;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * DynamoDB with the service's table, in memory, as far as the service uses it. One call at a time. What others never see is a
 * transaction half done; a conflict of two at once, a throttle or a lost answer is for the caller to inject.
 *
 * <p>The index is behind the table until {@link #spread} lets changes through. Items whose time is over stay until {@link
 * #expire}, since DynamoDB removes them within days.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html">DynamoDB API reference</a>
 */
public final class DynamoModel implements DynamoDbClient {
    private static final String TTL = "ttl";
    private static final String INDEX = "due";
    private static final int MOST_IN_BATCH = 100;
    private static final Duration TOKENS_KNOWN = Duration.ofMinutes(10);

    private final InstantSource time;
    private final String name;
    private final DynamoTable table = new DynamoTable();
    private final Map<String, Transaction> transactions = new HashMap<>();
    private int pageSize = Integer.MAX_VALUE;

    public DynamoModel(InstantSource time, String table) {
        this.time = time;
        this.name = table;
    }

    /** A transaction that was written, which DynamoDB knows again by its token for 10 minutes. */
    private record Transaction(TransactWriteItemsRequest request, Instant at) {}

    /** All items in the order of their keys. */
    public List<Map<String, AttributeValue>> items() {
        return table.all().toList();
    }

    /** How many changes have not reached the index. */
    public int waiting() {
        return table.waiting();
    }

    /** Lets the oldest changes reach the index, in the order in which they were made. */
    public void spread(int changes) {
        table.spread(changes);
    }

    public void spreadAll() {
        table.spread(Integer.MAX_VALUE);
    }

    /** Removes the items whose time is over. */
    public void expire() {
        long now = time.instant().getEpochSecond();
        table.all()
                .filter(item -> {
                    AttributeValue ttl = item.get(TTL);
                    return ttl != null && ttl.n() != null && Long.parseLong(ttl.n()) <= now;
                })
                .toList()
                .forEach(item -> table.put(Key.ofItem(item), null));
    }

    /** The most items that a Query reads at once: it stands for the megabyte at which DynamoDB ends a page. */
    public void endPagesAfter(int items) {
        pageSize = items;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        checkTable(request.tableName());
        Compiled<List<DocumentPath>> projection = ExpressionReader.PROJECTIONS.compiled(request.projectionExpression());
        Placeholders placeholders = new Placeholders(request.expressionAttributeNames(), Map.of()).checked(projection);
        Map<String, AttributeValue> item = table.get(Key.of(request.key()));
        return item == null
                ? GetItemResponse.builder().build()
                : GetItemResponse.builder()
                        .item(projected(item, projection, placeholders))
                        .build();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        request.requestItems().forEach((wanted, keys) -> {
            checkTable(wanted);
            found.put(wanted, batch(keys));
        });
        return BatchGetItemResponse.builder()
                .responses(found)
                .unprocessedKeys(Map.of())
                .build();
    }

    private List<Map<String, AttributeValue>> batch(KeysAndAttributes wanted) {
        if (wanted.keys().size() > MOST_IN_BATCH) {
            throw AwsErrors.validation("Too many items requested for the BatchGetItem call");
        }
        Compiled<List<DocumentPath>> projection = ExpressionReader.PROJECTIONS.compiled(wanted.projectionExpression());
        Placeholders placeholders = new Placeholders(wanted.expressionAttributeNames(), Map.of()).checked(projection);
        Set<Key> keys = new HashSet<>();
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        for (Map<String, AttributeValue> attributes : wanted.keys()) {
            Key key = Key.of(attributes);
            if (!keys.add(key)) {
                throw AwsErrors.validation("Provided list of item keys contains duplicates");
            }
            Map<String, AttributeValue> item = table.get(key);
            if (item != null) {
                found.add(projected(item, projection, placeholders));
            }
        }
        return found;
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        DynamoWrite write = DynamoWrite.of(request);
        Written written = single(write);
        return request.returnValues() == null
                ? PutItemResponse.builder().build()
                : PutItemResponse.builder()
                        .attributes(written.returned(request.returnValues()))
                        .build();
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        Written written = single(DynamoWrite.of(request));
        return request.returnValues() == null
                ? UpdateItemResponse.builder().build()
                : UpdateItemResponse.builder()
                        .attributes(written.returned(request.returnValues()))
                        .build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        Written written = single(DynamoWrite.of(request));
        return request.returnValues() == null
                ? DeleteItemResponse.builder().build()
                : DeleteItemResponse.builder()
                        .attributes(written.returned(request.returnValues()))
                        .build();
    }

    /** An item before and after a write; null where there is none. */
    private record Written(
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {

        @Nullable
        Map<String, AttributeValue> returned(ReturnValue wanted) {
            return switch (wanted) {
                case NONE -> null;
                case ALL_OLD -> before;
                case ALL_NEW -> after;
                default -> throw new UnsupportedOperationException("ReturnValues " + wanted);
            };
        }
    }

    private Written single(DynamoWrite write) {
        checkTable(write.table());
        Map<String, AttributeValue> before = table.get(write.key());
        if (!write.isAllowed(before)) {
            throw AwsErrors.with(
                            ConditionalCheckFailedException.builder().item(write.returnsOld() ? before : null),
                            "ConditionalCheckFailedException",
                            DynamoWrite.CONDITION_FAILED)
                    .build();
        }
        Map<String, AttributeValue> after = write.result(before);
        table.put(write.key(), after);
        return new Written(before, after);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        if (isRepeated(request)) {
            return TransactWriteItemsResponse.builder().build();
        }
        List<DynamoWrite> writes =
                request.transactItems().stream().map(DynamoWrite::of).toList();
        Set<Key> keys = new HashSet<>();
        for (DynamoWrite write : writes) {
            checkTable(write.table());
            if (!keys.add(write.key())) {
                throw AwsErrors.validation("Transaction request cannot include multiple operations on one item");
            }
        }
        List<@Nullable Map<String, AttributeValue>> results = new ArrayList<>();
        List<CancellationReason> reasons = new ArrayList<>();
        for (DynamoWrite write : writes) {
            reasons.add(reason(write, results));
        }
        if (results.size() < writes.size()) {
            throw cancelled(reasons);
        }
        for (int i = 0; i < results.size(); i++) {
            table.put(writes.get(i).key(), results.get(i));
        }
        if (request.clientRequestToken() != null) {
            transactions.put(request.clientRequestToken(), new Transaction(request, time.instant()));
        }
        return TransactWriteItemsResponse.builder().build();
    }

    private boolean isRepeated(TransactWriteItemsRequest request) {
        Transaction known = transactions.get(request.clientRequestToken());
        if (known == null || !time.instant().isBefore(known.at().plus(TOKENS_KNOWN))) {
            return false;
        }
        if (!known.request().transactItems().equals(request.transactItems())) {
            throw AwsErrors.with(
                            IdempotentParameterMismatchException.builder(),
                            "IdempotentParameterMismatchException",
                            "The provided client request token is in use for other parameters")
                    .build();
        }
        return true;
    }

    /** @param results gets the item that the write leaves, if it is possible */
    private CancellationReason reason(DynamoWrite write, List<@Nullable Map<String, AttributeValue>> results) {
        Map<String, AttributeValue> before = table.get(write.key());
        if (!write.isAllowed(before)) {
            return CancellationReason.builder()
                    .code("ConditionalCheckFailed")
                    .message(DynamoWrite.CONDITION_FAILED)
                    .item(write.returnsOld() ? before : null)
                    .build();
        }
        try {
            results.add(write.result(before));
            return CancellationReason.builder().code("None").build();
        } catch (AwsServiceException impossible) {
            return CancellationReason.builder()
                    .code("ValidationError")
                    .message(impossible.awsErrorDetails().errorMessage())
                    .build();
        }
    }

    private static RuntimeException cancelled(List<CancellationReason> reasons) {
        return AwsErrors.with(
                        TransactionCanceledException.builder().cancellationReasons(reasons),
                        "TransactionCanceledException",
                        "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                                + reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", "))
                                + "]")
                .build();
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        checkTable(request.tableName());
        boolean index = request.indexName() != null;
        if (index && !INDEX.equals(request.indexName())) {
            throw AwsErrors.validation("The table does not have the specified index: " + request.indexName());
        }
        if (index && Boolean.TRUE.equals(request.consistentRead())) {
            throw AwsErrors.validation("Consistent reads are not supported on global secondary indexes");
        }
        Compiled<Condition> key = Condition.CACHE.compiled(request.keyConditionExpression());
        Compiled<Condition> filter = Condition.CACHE.compiled(request.filterExpression());
        Compiled<List<DocumentPath>> projection = ExpressionReader.PROJECTIONS.compiled(request.projectionExpression());
        Placeholders placeholders = new Placeholders(
                        request.expressionAttributeNames(), request.expressionAttributeValues())
                .checked(key, filter, projection);
        if (key == null) {
            throw AwsErrors.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
                            + " request.");
        }
        NavigableMap<Place, Map<String, AttributeValue>> range =
                KeyCondition.of(key.tree(), index, placeholders).range(table, index, placeholders);
        boolean backward = Boolean.FALSE.equals(request.scanIndexForward());
        NavigableMap<Place, Map<String, AttributeValue>> ordered = backward ? range.descendingMap() : range;
        if (request.hasExclusiveStartKey() && !request.exclusiveStartKey().isEmpty()) {
            ordered = after(ordered, DynamoTable.placeOf(index, request.exclusiveStartKey()));
        }
        return page(request, ordered.values(), filter, projection, placeholders);
    }

    private static NavigableMap<Place, Map<String, AttributeValue>> after(
            NavigableMap<Place, Map<String, AttributeValue>> ordered, Place start) {
        Comparator<? super Place> order =
                ordered.comparator() == null ? Comparator.naturalOrder() : ordered.comparator();
        if (ordered.isEmpty() || order.compare(start, ordered.firstKey()) < 0) {
            return ordered;
        }
        return order.compare(start, ordered.lastKey()) >= 0 ? new TreeMap<>() : ordered.tailMap(start, false);
    }

    private QueryResponse page(
            QueryRequest request,
            Collection<Map<String, AttributeValue>> items,
            @Nullable Compiled<Condition> filter,
            @Nullable Compiled<List<DocumentPath>> projection,
            Placeholders placeholders) {
        int most = request.limit() == null ? pageSize : Math.min(pageSize, request.limit());
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        int read = 0;
        Map<String, AttributeValue> last = null;
        for (Map<String, AttributeValue> item : items) {
            if (read == most) {
                break;
            }
            read++;
            last = item;
            if (filter == null || filter.tree().holds(item, placeholders)) {
                found.add(item);
            }
        }
        QueryResponse.Builder answer =
                QueryResponse.builder().count(found.size()).scannedCount(read);
        if (last != null && read == most) {
            Map<String, AttributeValue> key = new TreeMap<>(last);
            key.keySet().retainAll(DynamoTable.keyOf(request.indexName() != null));
            answer.lastEvaluatedKey(key);
        }
        if (request.select() != Select.COUNT) {
            answer.items(found.stream()
                    .map(item -> projected(item, projection, placeholders))
                    .toList());
        }
        return answer.build();
    }

    private static Map<String, AttributeValue> projected(
            Map<String, AttributeValue> item,
            @Nullable Compiled<List<DocumentPath>> projection,
            Placeholders placeholders) {
        if (projection == null) {
            return item;
        }
        Map<String, AttributeValue> projected = new TreeMap<>();
        for (DocumentPath path : projection.tree()) {
            AttributeValue value = path.of(item, placeholders);
            if (value != null) {
                add(projected, path, 0, value, placeholders);
            }
        }
        return projected;
    }

    /** A value lies in the same maps as it did in the item. */
    private static void add(
            Map<String, AttributeValue> map,
            DocumentPath path,
            int at,
            AttributeValue value,
            Placeholders placeholders) {
        if (!(path.steps().get(at) instanceof String word)) {
            throw new UnsupportedOperationException("a projection of an element of a list");
        }
        String member = placeholders.name(word);
        if (at == path.steps().size() - 1) {
            map.put(member, value);
            return;
        }
        AttributeValue there = map.get(member);
        Map<String, AttributeValue> inner = there == null ? new TreeMap<>() : new TreeMap<>(there.m());
        add(inner, path, at + 1, value, placeholders);
        map.put(member, AttributeValue.fromM(inner));
    }

    private void checkTable(String wanted) {
        if (!name.equals(wanted)) {
            throw AwsErrors.with(
                            ResourceNotFoundException.builder(),
                            "ResourceNotFoundException",
                            "Requested resource not found")
                    .build();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
