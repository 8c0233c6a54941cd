package dev.sea.integrations.store;

import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Writes a record in one transaction with all that must change with it. */
@ApplicationScoped
class TransactionStore {
    private final Transactions transactions;

    TransactionStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Writes the record's item and the others, or nothing. A companion's failed condition throws its own refusal.
     *
     * @param record writes the item, and returns the old one (ALL_OLD) when its condition fails
     * @throws Unavailable when DynamoDB did not answer, or other writes kept coming first
     */
    Written write(TransactWriteItem record, List<CompanionItem> others, String stamp) {
        return transactions
                .write(record, others, stamp)
                .map(found -> Written.afterFailedCondition(found, stamp))
                .orElseGet(Written.Done::new);
    }
}
