package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.AwsErrors;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.DocumentPath;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an update does.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
 *     expressions</a>
 */
record UpdateExpression(List<Action> actions) {
    static final ExpressionReader.Cache<UpdateExpression> CACHE = new ExpressionReader.Cache<>(UpdateExpression::read);

    private static final String INVALID_PATH =
            "The document path provided in the update expression is invalid for update";
    private static final String WRONG_TYPE = "An operand in the update expression has an incorrect data type";

    sealed interface Action {
        DocumentPath path();

        record Assign(DocumentPath path, Term term) implements Action {}

        record Remove(DocumentPath path) implements Action {}

        record Add(DocumentPath path, String value) implements Action {}

        record Delete(DocumentPath path, String value) implements Action {}

        /** Whether it only takes away. An update of such actions alone makes no item. */
        default boolean onlyTakes() {
            return this instanceof Remove || this instanceof Delete;
        }
    }

    /** What an attribute is set to. */
    sealed interface Term {
        record AtPath(DocumentPath path) implements Term {}

        record Given(String placeholder) implements Term {}

        record IfNotExists(DocumentPath path, Term otherwise) implements Term {}

        record Appended(Term list, Term more) implements Term {}

        record Sum(Term left, Term right, boolean minus) implements Term {}
    }

    boolean onlyTakes() {
        return actions.stream().allMatch(Action::onlyTakes);
    }

    /**
     * A new item. All actions see the item as it was.
     *
     * @param old with its key only, where there was none
     */
    Map<String, AttributeValue> apply(Map<String, AttributeValue> old, Placeholders placeholders) {
        Map<String, AttributeValue> changed = new LinkedHashMap<>(old);
        for (Action action : actions) {
            AttributeValue value = result(action, old, placeholders);
            if (value == null || AttributeValues.isEmptySet(value)) {
                remove(changed, action.path(), 0, placeholders);
            } else {
                put(changed, action.path(), 0, value, placeholders);
            }
        }
        return changed;
    }

    /** Refuses what is wrong whatever the item is. */
    void check(Placeholders placeholders, Set<String> keyAttributes) {
        Set<String> attributes = new HashSet<>();
        boolean shared = false;
        for (Action action : actions) {
            String attribute = action.path().attribute(placeholders);
            if (keyAttributes.contains(attribute)) {
                throw AwsErrors.validation("One or more parameter values were invalid: Cannot update attribute "
                        + attribute + ". This attribute is part of the key");
            }
            shared |= !attributes.add(attribute);
            checkOperand(action, placeholders);
        }
        if (shared) {
            refuseOverlaps(placeholders);
        }
    }

    private static void checkOperand(Action action, Placeholders placeholders) {
        switch (action) {
            case Action.Add(DocumentPath _, String word) -> {
                AttributeValue more = placeholders.value(word);
                if (more.n() == null && AttributeValues.union(more, more) == null) {
                    throw wrongOperand("ADD", more);
                }
            }
            case Action.Delete(DocumentPath _, String word) -> {
                AttributeValue less = placeholders.value(word);
                if (AttributeValues.union(less, less) == null) {
                    throw wrongOperand("DELETE", less);
                }
            }
            case Action.Assign _, Action.Remove _ -> {}
        }
    }

    private void refuseOverlaps(Placeholders placeholders) {
        List<List<Object>> paths = new ArrayList<>();
        for (Action action : actions) {
            List<Object> path = action.path().steps().stream()
                    .map(step -> step instanceof String word ? placeholders.name(word) : step)
                    .toList();
            for (List<Object> other : paths) {
                int common = Math.min(path.size(), other.size());
                if (path.subList(0, common).equals(other.subList(0, common))) {
                    throw AwsErrors.validation(
                            "Invalid UpdateExpression: Two document paths overlap with each other; must"
                                    + " remove or rewrite one of these paths; path one: " + other + ", path two: "
                                    + path);
                }
            }
            paths.add(path);
        }
    }

    /** Null where nothing is left. */
    private static @Nullable AttributeValue result(
            Action action, Map<String, AttributeValue> old, Placeholders placeholders) {
        AttributeValue before = action.path().of(old, placeholders);
        return switch (action) {
            case Action.Assign(DocumentPath _, Term term) -> value(term, old, placeholders);
            case Action.Remove _ -> null;
            case Action.Add(DocumentPath _, String word) -> {
                AttributeValue more = placeholders.value(word);
                yield before == null
                        ? more
                        : typed(
                                more.n() == null
                                        ? AttributeValues.union(before, more)
                                        : AttributeValues.sum(before, more, false));
            }
            case Action.Delete(DocumentPath _, String word) -> {
                AttributeValue less = placeholders.value(word);
                yield before == null ? null : typed(AttributeValues.difference(before, less));
            }
        };
    }

    private static RuntimeException wrongOperand(String operator, AttributeValue value) {
        return AwsErrors.validation(
                "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: " + operator
                        + ", operand type: " + value.type());
    }

    private static AttributeValue value(Term term, Map<String, AttributeValue> old, Placeholders placeholders) {
        return switch (term) {
            case Term.Given(String word) -> placeholders.value(word);
            case Term.AtPath(DocumentPath path) -> {
                AttributeValue value = path.of(old, placeholders);
                if (value == null) {
                    throw AwsErrors.validation(
                            "The provided expression refers to an attribute that does not exist in the item");
                }
                yield value;
            }
            case Term.IfNotExists(DocumentPath path, Term otherwise) -> {
                AttributeValue value = path.of(old, placeholders);
                yield value == null ? value(otherwise, old, placeholders) : value;
            }
            case Term.Appended(Term list, Term more) -> {
                AttributeValue first = value(list, old, placeholders);
                AttributeValue second = value(more, old, placeholders);
                if (!first.hasL() || !second.hasL()) {
                    throw AwsErrors.validation(WRONG_TYPE);
                }
                List<AttributeValue> all = new ArrayList<>(first.l());
                all.addAll(second.l());
                yield AttributeValue.fromL(all);
            }
            case Term.Sum(Term left, Term right, boolean minus) ->
                typed(AttributeValues.sum(value(left, old, placeholders), value(right, old, placeholders), minus));
        };
    }

    private static AttributeValue typed(@Nullable AttributeValue value) {
        if (value == null) {
            throw AwsErrors.validation(WRONG_TYPE);
        }
        return value;
    }

    private static void put(
            Map<String, AttributeValue> map,
            DocumentPath path,
            int at,
            AttributeValue value,
            Placeholders placeholders) {
        String name = placeholders.name((String) path.steps().get(at));
        boolean last = at == path.steps().size() - 1;
        map.put(name, last ? value : within(map.get(name), path, at + 1, value, placeholders));
    }

    /** A copy of a map or list in which the rest of the path has the value; null takes it away. */
    private static AttributeValue within(
            @Nullable AttributeValue whole,
            DocumentPath path,
            int at,
            @Nullable AttributeValue value,
            Placeholders placeholders) {
        Object step = path.steps().get(at);
        if (whole != null && whole.hasM() && step instanceof String) {
            Map<String, AttributeValue> members = new LinkedHashMap<>(whole.m());
            if (value == null) {
                remove(members, path, at, placeholders);
            } else {
                put(members, path, at, value, placeholders);
            }
            return AttributeValue.fromM(members);
        }
        if (whole != null && whole.hasL() && step instanceof Integer index) {
            List<AttributeValue> elements = new ArrayList<>(whole.l());
            boolean last = at == path.steps().size() - 1;
            if (!last) {
                AttributeValue element = index < elements.size() ? elements.get(index) : null;
                elements.set(index, within(element, path, at + 1, value, placeholders));
            } else if (index >= elements.size() && value != null) {
                elements.add(value);
            } else if (index < elements.size() && value != null) {
                elements.set(index, value);
            } else if (index < elements.size()) {
                elements.remove((int) index);
            }
            return AttributeValue.fromL(elements);
        }
        throw AwsErrors.validation(INVALID_PATH);
    }

    private static void remove(Map<String, AttributeValue> map, DocumentPath path, int at, Placeholders placeholders) {
        String name = placeholders.name((String) path.steps().get(at));
        if (at == path.steps().size() - 1) {
            map.remove(name);
        } else {
            map.put(name, within(map.get(name), path, at + 1, null, placeholders));
        }
    }

    private static UpdateExpression read(ExpressionReader reader) {
        List<Action> actions = new ArrayList<>();
        Set<String> sections = new HashSet<>();
        while (reader.peek() != null) {
            String section = reader.word().toUpperCase(Locale.ROOT);
            if (!sections.add(section)) {
                throw AwsErrors.validation("Invalid UpdateExpression: The \"" + section
                        + "\" section can only be used once in an update expression;");
            }
            do {
                actions.add(action(section, reader));
            } while (reader.accept(","));
        }
        return new UpdateExpression(List.copyOf(actions));
    }

    private static Action action(String section, ExpressionReader reader) {
        return switch (section) {
            case "SET" -> {
                DocumentPath path = reader.path();
                reader.expect("=");
                Term left = term(reader);
                if (reader.accept("+")) {
                    yield new Action.Assign(path, new Term.Sum(left, term(reader), false));
                }
                yield new Action.Assign(path, reader.accept("-") ? new Term.Sum(left, term(reader), true) : left);
            }
            case "REMOVE" -> new Action.Remove(reader.path());
            case "ADD" -> new Action.Add(reader.path(), reader.value());
            case "DELETE" -> new Action.Delete(reader.path(), reader.value());
            default -> throw reader.error();
        };
    }

    private static Term term(ExpressionReader reader) {
        if (reader.acceptCall("if_not_exists")) {
            DocumentPath path = reader.path();
            reader.expect(",");
            Term otherwise = term(reader);
            reader.expect(")");
            return new Term.IfNotExists(path, otherwise);
        }
        if (reader.acceptCall("list_append")) {
            Term list = term(reader);
            reader.expect(",");
            Term more = term(reader);
            reader.expect(")");
            return new Term.Appended(list, more);
        }
        return reader.isValueNext() ? new Term.Given(reader.value()) : new Term.AtPath(reader.path());
    }
}
