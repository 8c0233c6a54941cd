package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.AwsErrors;
import dev.sea.integrations.simulation.dynamo.DynamoTable.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * DynamoDB with the service's table, in memory, as far as the service uses it. One call at a time. What others never see is a
 * transaction half done; a conflict of two at once, a throttle or a lost answer is for the caller to inject.
 *
 * <p>The indexes are behind the table until {@link #spread} lets changes through. Items whose time is over stay until {@link
 * #expire}, since DynamoDB removes them within days.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html">DynamoDB API reference</a>
 */
public final class DynamoModel implements DynamoDbClient {
    private static final String TTL = "ttl";
    private static final Duration TOKENS_KNOWN = Duration.ofMinutes(10);

    private final InstantSource time;
    private final String name;
    private final DynamoTable table = new DynamoTable();
    private final DynamoReads reads = new DynamoReads(table);
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

    /** What is in an index by now. */
    List<Map<String, AttributeValue>> in(DynamoIndex index) {
        return table.in(index).toList();
    }

    /** What is in the index {@code due} by now, which may be outdated. */
    public List<Map<String, AttributeValue>> due() {
        return in(DynamoIndex.DUE);
    }

    /** How many changes have not reached their indexes. */
    public int waiting() {
        return table.waiting();
    }

    /** Lets the oldest changes reach their indexes, in the order in which they were made. */
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
                .forEach(item -> table.put(ItemKey.ofItem(item), null));
    }

    /** The most items that a Query reads at once: it stands for the megabyte at which DynamoDB ends a page. */
    public void endPagesAfter(int items) {
        pageSize = items;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        checkTable(request.tableName());
        return reads.getItem(request);
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        request.requestItems().keySet().forEach(this::checkTable);
        return reads.batchGetItem(request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        checkTable(request.tableName());
        return reads.query(request, pageSize);
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
        Set<ItemKey> keys = new HashSet<>();
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
