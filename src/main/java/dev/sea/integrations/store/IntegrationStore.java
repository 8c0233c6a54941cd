package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.event.AdviceChange;
import dev.sea.integrations.event.BusEvent;
import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Stored integrations: reads, and conditional writes of state and health. */
@ApplicationScoped
public class IntegrationStore {
    private static final Logger LOG = Logger.getLogger(IntegrationStore.class);

    private final DynamoDbClient dynamo;
    private final String table;
    private final TransactionStore transactions;
    private final Contention contention;
    private final Outbox outbox;
    private final Tokens tokens;

    IntegrationStore(
            DynamoDbClient dynamo,
            SeaConfig config,
            TransactionStore transactions,
            Contention contention,
            Outbox outbox,
            Tokens tokens) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.transactions = transactions;
        this.contention = contention;
        this.outbox = outbox;
        this.tokens = tokens;
    }

    /** One strongly consistent read. */
    public Optional<Integration> find(Tenant tenant, IntegrationId id) {
        return Optional.of(read(tenant, id)).filter(item -> !item.isEmpty()).map(IntegrationItem::integration);
    }

    /**
     * One strongly consistent read.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     */
    public Integration get(Tenant tenant, IntegrationId id) {
        return find(tenant, id).orElseThrow(NoSuchIntegration::new);
    }

    /**
     * Whether the record's last write had this stamp. False where that cannot be read either.
     *
     * @param failure of the write; gets an error of this read as suppressed
     */
    boolean isStamped(Integration written, String stamp, Unavailable failure) {
        try {
            return Transactions.isStamped(read(written.tenant(), written.id()), stamp);
        } catch (RuntimeException unknown) {
            failure.addSuppressed(unknown);
            return false;
        }
    }

    private Map<String, AttributeValue> read(Tenant tenant, IntegrationId id) {
        return Availability.required(() -> dynamo.getItem(request -> request.tableName(table)
                        .key(IntegrationItem.key(tenant, id))
                        .consistentRead(true)))
                .item();
    }

    /**
     * What one read found.
     *
     * @param other the other item, empty where there is none
     * @param integrations those that exist and can be read
     */
    public record Batch(Map<String, AttributeValue> other, Map<IntegrationId, Integration> integrations) {}

    /**
     * Some integrations and another item in one strongly consistent read.
     *
     * @param ids 99 at most
     * @param other another item's key
     * @throws Unavailable when DynamoDB did not answer, or not with all of them
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>
     */
    public Batch batch(Tenant tenant, Collection<IntegrationId> ids, Map<String, AttributeValue> other) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>(List.of(other));
        ids.stream().distinct().forEach(id -> keys.add(IntegrationItem.key(tenant, id)));
        return contention.settled(() -> batch(keys));
    }

    private Batch batch(List<Map<String, AttributeValue>> keys) {
        KeysAndAttributes wanted =
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        BatchGetItemResponse answer = Availability.required(
                () -> dynamo.batchGetItem(request -> request.requestItems(Map.of(table, wanted))));
        if (answer.hasUnprocessedKeys() && !answer.unprocessedKeys().isEmpty()) {
            throw new Contention.Met(new IllegalStateException("DynamoDB has left out items of a batch"));
        }
        Map<String, AttributeValue> other = Map.of();
        Map<IntegrationId, Integration> integrations = new HashMap<>();
        for (Map<String, AttributeValue> item : answer.responses().getOrDefault(table, List.of())) {
            if (IntegrationItem.isOne(item)) {
                readable(item).ifPresent(integration -> integrations.put(integration.id(), integration));
            } else {
                other = item;
            }
        }
        return new Batch(other, integrations);
    }

    private static Optional<Integration> readable(Map<String, AttributeValue> item) {
        try {
            return Optional.of(IntegrationItem.integration(item));
        } catch (UnreadableIntegration unreadable) {
            LOG.error("a record is left out of what was read", unreadable);
            return Optional.empty();
        }
    }

    /** A condition for a transaction: this integration is active. */
    public CompanionItem active(Tenant tenant, IntegrationId id, Supplier<? extends RuntimeException> refusal) {
        return new CompanionItem(
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(table)
                                .key(IntegrationItem.key(tenant, id))
                                .conditionExpression("#state = :active")
                                .expressionAttributeNames(Map.of("#state", IntegrationItem.STATE))
                                .expressionAttributeValues(
                                        Map.of(":active", AttributeValue.fromS(State.ACTIVE.name()))))
                        .build(),
                refusal);
    }

    /**
     * A new state or health in place of another.
     *
     * @param checks that led to it
     * @param lease the sweep's, which must still hold it, on an integration that must still be active
     */
    public record Replacement(Integration before, Integration after, List<Check> checks, Optional<String> lease) {

        /** Of state, which rests on no report. */
        public static Replacement ofState(Integration before, Integration after) {
            return new Replacement(before, after, List.of(), Optional.empty());
        }
    }

    /**
     * Writes state and health, provided that neither version nor health changed in between, and ends any lease, so that a
     * sweep at work discards its result. A change of health or advice is announced: its event is stored in the same
     * transaction, then sent.
     */
    public Written replace(Replacement replacement) {
        return replace(replacement, List.of());
    }

    /**
     * The same, in one transaction with others.
     *
     * @param conditions whose failure throws its own refusal
     */
    public Written replace(Replacement replacement, List<CompanionItem> conditions) {
        String stamp = tokens.next();
        Update update = IntegrationItem.update(replacement, table, stamp);
        List<Outbox.Note> notes = notes(replacement.before(), replacement.after(), replacement.checks());
        List<CompanionItem> companions = Stream.concat(notes.stream().map(Outbox.Note::companion), conditions.stream())
                .toList();
        if (companions.isEmpty()) {
            return contention.settled(() -> attempt(update, stamp));
        }
        Written written =
                transactions.write(TransactWriteItem.builder().update(update).build(), companions, stamp);
        if (written instanceof Written.Done) {
            notes.forEach(outbox::send);
        }
        return written;
    }

    /** What a change is to be announced as. */
    List<Outbox.Note> notes(Integration before, Integration after, List<Check> checks) {
        return Stream.<Optional<? extends BusEvent>>of(
                        HealthChange.between(before, after, checks), AdviceChange.between(before, after))
                .flatMap(Optional::stream)
                .map(outbox::note)
                .toList();
    }

    private Written attempt(Update update, String stamp) {
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(update.key())
                    .updateExpression(update.updateExpression())
                    .conditionExpression(update.conditionExpression())
                    .expressionAttributeNames(update.expressionAttributeNames())
                    .expressionAttributeValues(update.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(update.returnValuesOnConditionCheckFailure())));
            return new Written.Done();
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        } catch (ConditionalCheckFailedException failed) {
            return Written.afterFailedCondition(failed.item(), stamp);
        }
    }
}
