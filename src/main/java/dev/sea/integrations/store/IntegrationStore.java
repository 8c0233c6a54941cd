package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Stored integrations: reads, and conditional writes of state and health. */
@ApplicationScoped
public class IntegrationStore {
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
        Map<String, AttributeValue> item = read(tenant, id);
        return item.isEmpty() ? Optional.empty() : Optional.of(IntegrationItem.integration(item));
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
     * sweep at work discards its result. A change of health is announced: its event is stored in the same transaction, then sent.
     */
    public Written replace(Replacement replacement) {
        String stamp = tokens.next();
        Update update = IntegrationItem.update(replacement, table, stamp);
        Optional<Outbox.Note> note = HealthChange.between(
                        replacement.before(), replacement.after(), replacement.checks())
                .map(outbox::note);
        if (note.isEmpty()) {
            return contention.settled(() -> attempt(update, stamp));
        }
        Written written = transactions.write(
                TransactWriteItem.builder().update(update).build(),
                List.of(note.get().companion()),
                stamp);
        if (written instanceof Written.Done) {
            outbox.send(note.get());
        }
        return written;
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
