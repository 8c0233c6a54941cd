package dev.sea.integrations.store;

import dev.sea.integrations.client.Availability;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Contention;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Writes a record in one transaction with all that must change with it, and tells why it could not.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">
 *     TransactWriteItems</a>
 */
@ApplicationScoped
class TransactionStore {
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private final DynamoDbClient dynamo;
    private final Contention contention;

    TransactionStore(DynamoDbClient dynamo, Contention contention) {
        this.dynamo = dynamo;
        this.contention = contention;
    }

    /**
     * Writes the record's item and the others, or nothing. A companion's failed condition throws its own refusal.
     *
     * @param record writes the item, and returns the old one (ALL_OLD) when its condition fails
     * @param stamp the one of the record's new item; also the token by which DynamoDB knows the request again for 10
     *     minutes
     * @throws Unavailable when DynamoDB did not answer, or other writes kept coming first
     */
    Written write(TransactWriteItem record, List<CompanionItem> others, String stamp) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(Stream.concat(Stream.of(record), others.stream().map(CompanionItem::write))
                        .toList())
                .clientRequestToken(stamp)
                .build();
        return contention.settled(() -> attempt(request, others, stamp));
    }

    private Written attempt(TransactWriteItemsRequest request, List<CompanionItem> others, String stamp) {
        try {
            Availability.required(() -> dynamo.transactWriteItems(request));
            return new Written.Done();
        } catch (TransactionInProgressException ownFirstAttempt) {
            throw new Contention.Met(ownFirstAttempt);
        } catch (TransactionCanceledException cancelled) {
            return afterCancellation(cancelled, others, stamp);
        }
    }

    private static Written afterCancellation(
            TransactionCanceledException cancelled, List<CompanionItem> others, String stamp) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        if (!reasons.isEmpty() && Written.isStamped(reasons.getFirst().item(), stamp)) {
            return new Written.Done();
        }
        for (int place = 0; place < reasons.size(); place++) {
            if (CONDITION.equals(reasons.get(place).code())) {
                if (place == 0) {
                    return Written.afterFailedCondition(reasons.getFirst().item(), stamp);
                }
                throw others.get(place - 1).refusal().get();
            }
        }
        if (reasons.stream().map(CancellationReason::code).anyMatch(PASSING::contains)) {
            throw new Contention.Met(cancelled);
        }
        throw cancelled;
    }
}
