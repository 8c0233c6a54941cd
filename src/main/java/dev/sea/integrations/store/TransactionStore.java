package dev.sea.integrations.store;

import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Writes a record in one transaction with all that must hold with it, and tells why it could not.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">
 *     TransactWriteItems</a>
 */
@ApplicationScoped
public class TransactionStore {
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private final DynamoDbClient dynamo;
    private final Contention contention;

    TransactionStore(DynamoDbClient dynamo, Contention contention) {
        this.dynamo = dynamo;
        this.contention = contention;
    }

    /** The record's own condition failed. */
    public static final class Outrun extends RuntimeException {
        private final transient Optional<Integration> now;

        private Outrun(Optional<Integration> now, Throwable cause) {
            super(cause);
            this.now = now;
        }

        /** The record as somebody else left it; empty when it is gone. */
        public Optional<Integration> now() {
            return now;
        }
    }

    /**
     * Writes the record's item and the rest, or nothing.
     *
     * @param record puts or deletes the item, and returns the old one (ALL_OLD) when its condition fails
     * @param stamp the one of the record's new item; also the token by which DynamoDB knows the request again for 10
     *     minutes
     * @throws Outrun when the record's condition fails, unless it was this very write that changed it
     */
    void write(TransactWriteItem record, List<CompanionItem> others, String stamp) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(Stream.concat(Stream.of(record), others.stream().map(CompanionItem::write))
                        .toList())
                .clientRequestToken(stamp)
                .build();
        contention.settled(() -> {
            attempt(request, others, stamp);
            return stamp;
        });
    }

    private void attempt(TransactWriteItemsRequest request, List<CompanionItem> others, String stamp) {
        try {
            Availability.required(() -> dynamo.transactWriteItems(request));
        } catch (TransactionInProgressException ownFirstAttempt) {
            throw new Contention.Met(ownFirstAttempt);
        } catch (TransactionCanceledException cancelled) {
            List<CancellationReason> reasons = cancelled.cancellationReasons();
            if (isOwnWork(reasons, stamp)) {
                return;
            }
            for (int place = 0; place < reasons.size(); place++) {
                if (CONDITION.equals(reasons.get(place).code())) {
                    throw place == 0
                            ? new Outrun(now(reasons.getFirst()), cancelled)
                            : others.get(place - 1).refusal().get();
                }
            }
            if (reasons.stream().map(CancellationReason::code).anyMatch(PASSING::contains)) {
                throw new Contention.Met(cancelled);
            }
            throw cancelled;
        }
    }

    private static Optional<Integration> now(CancellationReason reason) {
        return reason.hasItem() ? Optional.of(IntegrationItem.integration(reason.item())) : Optional.empty();
    }

    /** The SDK repeated a request whose first answer got lost, and met what it had written itself. */
    private static boolean isOwnWork(List<CancellationReason> reasons, String stamp) {
        return !reasons.isEmpty()
                && reasons.getFirst().hasItem()
                && new TypedItem(reasons.getFirst().item())
                        .optionalText(IntegrationItem.STAMP)
                        .filter(stamp::equals)
                        .isPresent();
    }
}
