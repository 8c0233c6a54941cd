package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Creates, changes and deletes a record, each in one transaction with what the record holds: its name, its external ID, its
 * secret and its place in the tenant's count.
 *
 * <p>Some writes fail after DynamoDB has carried them out. Each write has a stamp of its own, by which it is found in the
 * record, so that such a write counts as done.
 */
@ApplicationScoped
public class IntegrationTransactions {
    private final TransactionStore transactions;
    private final IntegrationStore store;
    private final NameClaimStore names;
    private final TenantCountStore counts;
    private final AccessClaims accesses;
    private final Outbox outbox;
    private final Tokens tokens;
    private final String table;

    IntegrationTransactions(
            TransactionStore transactions,
            IntegrationStore store,
            NameClaimStore names,
            TenantCountStore counts,
            AccessClaims accesses,
            Outbox outbox,
            Tokens tokens,
            SeaConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.names = names;
        this.counts = counts;
        this.accesses = accesses;
        this.outbox = outbox;
        this.tokens = tokens;
        this.table = config.table();
    }

    /**
     * Stores a new record. Superseded where there is one of this ID: an earlier attempt of the same request stored it.
     *
     * @param companions change with it; of refusals, theirs come first
     * @throws NameTaken where the tenant has the name already
     * @throws ExternalIdRefused where another tenant holds the external ID
     * @throws LimitReached where the tenant has as many integrations as it may
     */
    public Written create(Integration integration, List<CompanionItem> companions) {
        String stamp = tokens.next();
        Put put = put(integration, stamp)
                .conditionExpression("attribute_not_exists(PK)")
                .build();
        return written(
                integration,
                TransactWriteItem.builder().put(put).build(),
                joined(
                        joined(companions, names.claimed(integration)),
                        List.of(counts.oneMore(integration.tenant()), accesses.taken(integration))),
                stamp);
    }

    /**
     * Puts one version in the place of another, provided that neither version nor health changed in between. Any lease ends
     * with it, so that a sweep at work discards its result. A change of health or advice is announced.
     *
     * @throws NameTaken where the tenant has the new name already
     * @throws ExternalIdRefused where another tenant holds the new external ID
     */
    public Written swap(Integration before, Integration after) {
        String stamp = tokens.next();
        Put put = put(after, stamp)
                .conditionExpression("#version = :version AND #health.#sequence = :sequence")
                .expressionAttributeNames(Map.of(
                        "#version", IntegrationItem.VERSION,
                        "#health", IntegrationItem.HEALTH,
                        "#sequence", HealthItem.SEQUENCE))
                .expressionAttributeValues(Map.of(
                        ":version",
                        TypedItem.number(before.version()),
                        ":sequence",
                        TypedItem.number(before.health().sequence())))
                .build();
        List<CompanionItem> others = new ArrayList<>(accesses.swapped(before, after));
        others.addAll(names.moved(before, after));
        // New values are swapped in only when every check passed: none is failing.
        List<Outbox.Note> notes = store.notes(before, after, List.of());
        notes.stream().map(Outbox.Note::companion).forEach(others::add);
        Written written = written(after, TransactWriteItem.builder().put(put).build(), others, stamp);
        if (written instanceof Written.Done) {
            notes.forEach(outbox::send);
        }
        return written;
    }

    /**
     * Deletes the version given.
     *
     * @throws ChangedMeanwhile when another request changed what the record holds
     */
    public Written delete(Integration integration) {
        TransactWriteItem record = TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table)
                        .key(IntegrationItem.key(integration.tenant(), integration.id()))
                        .conditionExpression("#version = :version")
                        .expressionAttributeNames(Map.of("#version", IntegrationItem.VERSION))
                        .expressionAttributeValues(Map.of(":version", TypedItem.number(integration.version())))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
        return transactions.write(
                record,
                joined(
                        names.released(integration),
                        List.of(counts.oneLess(integration.tenant()), accesses.left(integration))),
                tokens.next());
    }

    private static List<CompanionItem> joined(List<CompanionItem> some, List<CompanionItem> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private Put.Builder put(Integration integration, String stamp) {
        return Put.builder()
                .tableName(table)
                .item(IntegrationItem.of(integration, stamp))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    private Written written(Integration after, TransactWriteItem record, List<CompanionItem> others, String stamp) {
        try {
            return transactions.write(record, others, stamp);
        } catch (Unavailable unknown) {
            if (store.isStamped(after, stamp, unknown)) {
                return new Written.Done();
            }
            throw unknown;
        }
    }
}
