package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.AwsErrors;
import dev.sea.integrations.simulation.dynamo.DynamoTable.ItemKey;
import dev.sea.integrations.simulation.dynamo.DynamoTable.Place;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Compiled;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.DocumentPath;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Reads of a table and its index. */
final class DynamoReads {
    private static final int MOST_IN_BATCH = 100;

    private final DynamoTable table;

    DynamoReads(DynamoTable table) {
        this.table = table;
    }

    GetItemResponse getItem(GetItemRequest request) {
        Compiled<List<DocumentPath>> projection = ExpressionReader.PROJECTIONS.compiled(request.projectionExpression());
        Placeholders placeholders = new Placeholders(request.expressionAttributeNames(), Map.of()).checked(projection);
        Map<String, AttributeValue> item = table.get(ItemKey.of(request.key()));
        return item == null
                ? GetItemResponse.builder().build()
                : GetItemResponse.builder()
                        .item(projected(item, projection, placeholders))
                        .build();
    }

    BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        request.requestItems().forEach((wanted, keys) -> found.put(wanted, batch(keys)));
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
        Set<ItemKey> keys = new HashSet<>();
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        for (Map<String, AttributeValue> attributes : wanted.keys()) {
            ItemKey key = ItemKey.of(attributes);
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

    /** @param pageSize the most items that are read at once */
    QueryResponse query(QueryRequest request, int pageSize) {
        DynamoIndex index = DynamoIndex.of(request.indexName())
                .orElseThrow(() ->
                        AwsErrors.validation("The table does not have the specified index: " + request.indexName()));
        if (!index.isTable() && Boolean.TRUE.equals(request.consistentRead())) {
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
            ordered = after(ordered, index.place(request.exclusiveStartKey()));
        }
        return page(request, index, pageSize, ordered.values(), filter, projection, placeholders);
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
            DynamoIndex index,
            int pageSize,
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
            key.keySet().retainAll(index.keyAttributes());
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
}
