package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.store.TransactionStore.Outrun;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Stores a new record in one transaction with all that must hold with it: its name is free, its external ID nobody
 * else's, the tenant below its limit, its secret not being removed.
 */
@ApplicationScoped
public class NewIntegrationStore {
    private final TransactionStore transactions;
    private final NameClaimStore names;
    private final TenantCountStore counts;
    private final AccessClaims accesses;
    private final String table;

    NewIntegrationStore(
            TransactionStore transactions,
            NameClaimStore names,
            TenantCountStore counts,
            AccessClaims accesses,
            SeaConfig config) {
        this.transactions = transactions;
        this.names = names;
        this.counts = counts;
        this.accesses = accesses;
        this.table = config.table();
    }

    /**
     * Stores it.
     *
     * @param stamp random
     * @throws NameTaken where the tenant has the name already
     * @throws ExternalIdRefused where another tenant holds the external ID
     * @throws LimitReached where the tenant has its integrations
     * @throws AlreadyStored where there is a record of this ID
     */
    public void store(Integration integration, String stamp) {
        TransactWriteItem record = TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(IntegrationItem.of(integration, stamp))
                        .conditionExpression("attribute_not_exists(PK)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
        try {
            transactions.write(
                    record,
                    List.of(
                            names.claim(integration),
                            counts.oneMore(integration.tenant()),
                            accesses.taken(integration)),
                    stamp);
        } catch (Outrun outrun) {
            throw new AlreadyStored(outrun.now().orElseThrow());
        }
    }

    /** An earlier try of the same request, which had this ID, got so far. */
    public static final class AlreadyStored extends RuntimeException {
        private final transient Integration stored;

        AlreadyStored(Integration stored) {
            super(stored.id() + " is stored already");
            this.stored = stored;
        }

        public Integration stored() {
            return stored;
        }
    }
}
