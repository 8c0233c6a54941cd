package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Stored integrations: reads, and conditional writes of state and health. */
@ApplicationScoped
public class IntegrationStore {
    private static final String CONDITION = "ConditionalCheckFailed";

    private final DynamoDbClient dynamo;
    private final String table;
    private final Contention contention;
    private final Outbox outbox;
    private final RandomGenerator random;

    IntegrationStore(
            DynamoDbClient dynamo, SeaConfig config, Contention contention, Outbox outbox, RandomGenerator random) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.contention = contention;
        this.outbox = outbox;
        this.random = random;
    }

    /** For one write, its repetitions included. */
    public String stamp() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** What became of a conditional write. */
    public sealed interface Written {
        record Done() implements Written {}

        /** Somebody else wrote first: how the record is now. */
        record Superseded(Integration now) implements Written {}

        record Gone() implements Written {}
    }

    /** One strongly consistent read. */
    public Optional<Integration> find(Tenant tenant, IntegrationId id) {
        GetItemResponse answer = Availability.required(() -> dynamo.getItem(request ->
                request.tableName(table).key(IntegrationItem.key(tenant, id)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(IntegrationItem.integration(answer.item())) : Optional.empty();
    }

    /** Whether the record's last write had this stamp. */
    public boolean bears(Tenant tenant, IntegrationId id, String stamp) {
        GetItemResponse answer = Availability.required(() -> dynamo.getItem(request ->
                request.tableName(table).key(IntegrationItem.key(tenant, id)).consistentRead(true)));
        return answer.hasItem() && isStamped(answer.item(), stamp);
    }

    /** A write of state that rests on no report. */
    public Written replace(Integration before, Integration after) {
        return replace(new HealthWrite(before, after, List.of(), Optional.empty()));
    }

    /**
     * Writes state and health, provided that neither version nor health changed in between, and ends any lease, so that a
     * sweep at work discards what it found. A change of health is announced: noted in the same transaction, and sent.
     */
    public Written replace(HealthWrite write) {
        String stamp = stamp();
        Optional<HealthChange> change = write.change();
        Written written = contention.settled(() -> attempt(write, change, stamp));
        if (written instanceof Written.Done) {
            change.ifPresent(outbox::send);
        }
        return written;
    }

    private Written attempt(HealthWrite write, Optional<HealthChange> change, String stamp) {
        Update update = IntegrationItem.update(write, table, stamp);
        try {
            if (change.isPresent()) {
                Put note = outbox.put(change.get());
                Availability.required(() -> dynamo.transactWriteItems(request -> request.clientRequestToken(stamp)
                        .transactItems(
                                TransactWriteItem.builder().update(update).build(),
                                TransactWriteItem.builder().put(note).build())));
            } else {
                Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                        .key(update.key())
                        .updateExpression(update.updateExpression())
                        .conditionExpression(update.conditionExpression())
                        .expressionAttributeNames(update.expressionAttributeNames())
                        .expressionAttributeValues(update.expressionAttributeValues())
                        .returnValuesOnConditionCheckFailure(update.returnValuesOnConditionCheckFailure())));
            }
            return new Written.Done();
        } catch (TransactionConflictException | TransactionInProgressException met) {
            throw new Contention.Met(met);
        } catch (TransactionCanceledException cancelled) {
            CancellationReason reason = cancelled.cancellationReasons().getFirst();
            if (CONDITION.equals(reason.code())) {
                return reason.hasItem() ? superseded(reason.item(), stamp) : new Written.Gone();
            }
            // The note has no condition: all else is a conflict or a throttle.
            throw new Contention.Met(cancelled);
        } catch (ConditionalCheckFailedException failed) {
            return failed.hasItem() ? superseded(failed.item(), stamp) : new Written.Gone();
        }
    }

    /** The SDK repeats a write whose answer got lost, and then meets its own: the stamp tells. */
    private static Written superseded(Map<String, AttributeValue> item, String stamp) {
        return isStamped(item, stamp) ? new Written.Done() : new Written.Superseded(IntegrationItem.integration(item));
    }

    private static boolean isStamped(Map<String, AttributeValue> item, String stamp) {
        return new TypedItem(item)
                .optionalText(IntegrationItem.STAMP)
                .filter(stamp::equals)
                .isPresent();
    }
}
