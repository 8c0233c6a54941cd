package dev.sea.integrations.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * What an update makes of an item's attributes. A condition of the same update may name each of them as {@code #name}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Using update
 *     expressions in DynamoDB</a>
 */
public final class Changes {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> set = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    public Changes set(Map<String, AttributeValue> attributes) {
        attributes.forEach((name, value) -> {
            set.add("#" + name + " = :" + name);
            named(name).with(name, value);
        });
        return this;
    }

    /** Adds to a number; one that is missing counts as 0. */
    public Changes add(String name, long number) {
        added.add("#" + name + " :" + name);
        return named(name).with(name, TypedItem.number(number));
    }

    public Changes remove(Collection<String> attributes) {
        attributes.forEach(name -> {
            removed.add("#" + name);
            named(name);
        });
        return this;
    }

    /** Lets the condition name an attribute that does not change. */
    public Changes named(String name) {
        names.put("#" + name, name);
        return this;
    }

    /** A value for the condition, there called {@code :name}. */
    public Changes with(String name, AttributeValue value) {
        values.put(":" + name, value);
        return this;
    }

    /** The update, but for its table, key and condition. */
    public Update.Builder update() {
        List<String> clauses = new ArrayList<>();
        clause(clauses, "SET ", set);
        clause(clauses, "ADD ", added);
        clause(clauses, "REMOVE ", removed);
        return Update.builder()
                .updateExpression(String.join(" ", clauses))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }

    private static void clause(List<String> clauses, String keyword, List<String> actions) {
        if (!actions.isEmpty()) {
            clauses.add(keyword + String.join(", ", actions));
        }
    }
}
