package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.store.TransactionStore.Outrun;
import dev.sea.integrations.table.CompanionItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Changes or deletes a record, and in the same transaction what it holds: its name, its external ID, its secret. */
@ApplicationScoped
public class ChangeStore {
    private final TransactionStore transactions;
    private final NameClaimStore names;
    private final TenantCountStore counts;
    private final AccessClaims accesses;
    private final Outbox outbox;
    private final String table;

    ChangeStore(
            TransactionStore transactions,
            NameClaimStore names,
            TenantCountStore counts,
            AccessClaims accesses,
            Outbox outbox,
            SeaConfig config) {
        this.transactions = transactions;
        this.names = names;
        this.counts = counts;
        this.accesses = accesses;
        this.outbox = outbox;
        this.table = config.table();
    }

    /**
     * Puts the one in place of the other, provided that neither version nor health changed in between. Any lease ends with
     * it, so that a sweep at work discards what it found; a change of health is announced.
     *
     * @throws Outrun when one did
     * @throws NameTaken where the tenant has the new name already
     * @throws ExternalIdRefused where another tenant holds the new external ID
     */
    public void swap(Integration before, Integration after, String stamp) {
        TransactWriteItem record = TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(IntegrationItem.of(after, stamp))
                        .conditionExpression("#version = :version AND #health.#sequence = :sequence")
                        .expressionAttributeNames(Map.of(
                                "#version", IntegrationItem.VERSION,
                                "#health", IntegrationItem.HEALTH,
                                "#sequence", HealthItem.SEQUENCE))
                        .expressionAttributeValues(Map.of(
                                ":version",
                                number(before.version()),
                                ":sequence",
                                number(before.health().sequence())))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
        List<CompanionItem> others = new ArrayList<>(accesses.swapped(before, after));
        if (!before.name().claim().equals(after.name().claim())) {
            others.add(names.claim(after));
            others.add(names.release(before));
        }
        // New values are swapped in only when every check passed: none is failing.
        Optional<HealthChange> change = HealthChange.between(before, after, List.of());
        change.map(this::announced).ifPresent(others::add);
        transactions.write(record, others, stamp);
        change.ifPresent(outbox::send);
    }

    private CompanionItem announced(HealthChange change) {
        return new CompanionItem(
                TransactWriteItem.builder().put(outbox.put(change)).build(), ChangedMeanwhile::new);
    }

    /**
     * Deletes the version given.
     *
     * @throws Outrun when there is another version, or none any more
     */
    public void delete(Integration integration, String stamp) {
        TransactWriteItem record = TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table)
                        .key(IntegrationItem.key(integration.tenant(), integration.id()))
                        .conditionExpression("#version = :version")
                        .expressionAttributeNames(Map.of("#version", IntegrationItem.VERSION))
                        .expressionAttributeValues(Map.of(":version", number(integration.version())))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
        transactions.write(
                record,
                List.of(names.release(integration), counts.oneLess(integration.tenant()), accesses.left(integration)),
                stamp);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
