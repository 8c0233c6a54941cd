package dev.sea.integrations.store;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.table.Transactions;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What became of a conditional write of a record. */
public sealed interface Written {

    /** It is written, by this attempt or an earlier one of the same write. */
    record Done() implements Written {}

    /** Another write came first: how the record is now. */
    record Superseded(Integration now) implements Written {}

    /** There is no such record any more. */
    record Gone() implements Written {}

    /**
     * What a failed condition means. The SDK repeats a write whose answer got lost, and then finds its own work: the stamp
     * tells.
     *
     * @param found the item as it is, empty when there is none
     * @param stamp of this write
     */
    static Written afterFailedCondition(Map<String, AttributeValue> found, String stamp) {
        if (found.isEmpty()) {
            return new Gone();
        }
        return Transactions.isStamped(found, stamp) ? new Done() : new Superseded(IntegrationItem.integration(found));
    }
}
