package dev.sea.integrations.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A page of what one Query found.
 *
 * @param last the item, or its key, that the following page starts after; empty on the last page
 */
public record QueryPage(List<Map<String, AttributeValue>> items, Optional<Map<String, AttributeValue>> last) {

    /**
     * Cuts the page from an answer.
     *
     * @param limit items of a page; a Query that asks for one more shows whether there is a next page
     */
    public static QueryPage of(QueryResponse answer, int limit) {
        List<Map<String, AttributeValue>> found = answer.items();
        if (found.size() > limit) {
            List<Map<String, AttributeValue>> shown = found.subList(0, limit);
            return new QueryPage(shown, Optional.of(shown.getLast()));
        }
        return new QueryPage(found, Optional.of(answer.lastEvaluatedKey()).filter(key -> !key.isEmpty()));
    }
}
