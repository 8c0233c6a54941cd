package dev.sea.integrations.table;

import dev.sea.integrations.client.Availability;
import dev.sea.integrations.problem.Unavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Writes an item in one transaction with all that must change with it, and tells why it could not.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">
 *     TransactWriteItems</a>
 */
@ApplicationScoped
public class Transactions {
    /**
     * The attribute with the stamp: random and new for every write, so that a write can find out whether an item is its
     * work.
     */
    public static final String STAMP = "stamp";

    private static final String CONDITION = "ConditionalCheckFailed";
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private final DynamoDbClient dynamo;
    private final Contention contention;

    public Transactions(DynamoDbClient dynamo, Contention contention) {
        this.dynamo = dynamo;
        this.contention = contention;
    }

    /**
     * Writes the item and the others, or nothing. A companion's failed condition throws its own refusal.
     *
     * @param item writes the item, and returns the old one (ALL_OLD) when its condition fails
     * @param stamp the one of the new item; also the token by which DynamoDB knows the request again for 10 minutes
     * @return empty when it is written; otherwise the item whose condition failed, without attributes when there is none
     * @throws Unavailable when DynamoDB did not answer, or other writes kept coming first
     */
    public Optional<Map<String, AttributeValue>> write(
            TransactWriteItem item, List<CompanionItem> others, String stamp) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(Stream.concat(Stream.of(item), others.stream().map(CompanionItem::write))
                        .toList())
                .clientRequestToken(stamp)
                .build();
        return contention.settled(() -> attempt(request, others, stamp));
    }

    /** Whether an item's last write had this stamp. */
    public static boolean isStamped(Map<String, AttributeValue> item, String stamp) {
        return new TypedItem(item).optionalText(STAMP).filter(stamp::equals).isPresent();
    }

    private Optional<Map<String, AttributeValue>> attempt(
            TransactWriteItemsRequest request, List<CompanionItem> others, String stamp) {
        try {
            Availability.required(() -> dynamo.transactWriteItems(request));
            return Optional.empty();
        } catch (TransactionInProgressException ownFirstAttempt) {
            throw new Contention.Met(ownFirstAttempt);
        } catch (TransactionCanceledException cancelled) {
            return afterCancellation(cancelled, others, stamp);
        }
    }

    private static Optional<Map<String, AttributeValue>> afterCancellation(
            TransactionCanceledException cancelled, List<CompanionItem> others, String stamp) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        if (!reasons.isEmpty() && isStamped(reasons.getFirst().item(), stamp)) {
            return Optional.empty();
        }
        for (int place = 0; place < reasons.size(); place++) {
            if (CONDITION.equals(reasons.get(place).code())) {
                if (place == 0) {
                    return Optional.of(reasons.getFirst().item());
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
