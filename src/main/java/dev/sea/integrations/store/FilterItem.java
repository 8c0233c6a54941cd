package dev.sea.integrations.store;

import dev.sea.integrations.integration.IntegrationFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A filter as a condition on a record's item. Pure. */
record FilterItem(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    /** @param filter not an empty one */
    static FilterItem of(IntegrationFilter filter) {
        List<String> conditions = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        filter.state().ifPresent(state -> {
            conditions.add("#state = :state");
            names.put("#state", IntegrationItem.STATE);
            values.put(":state", AttributeValue.fromS(state.name()));
        });
        filter.health().ifPresent(status -> {
            conditions.add("#health.#status = :status");
            names.put("#health", IntegrationItem.HEALTH);
            names.put("#status", HealthItem.STATUS);
            values.put(":status", AttributeValue.fromS(status.name()));
        });
        filter.namePrefix().ifPresent(prefix -> {
            conditions.add("begins_with(#name, :name)");
            names.put("#name", IntegrationItem.NAME_CLAIM);
            values.put(":name", AttributeValue.fromS(prefix));
        });
        return new FilterItem(String.join(" AND ", conditions), names, values);
    }
}
