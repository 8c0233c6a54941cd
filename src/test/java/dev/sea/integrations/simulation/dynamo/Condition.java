package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.AwsErrors;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.DocumentPath;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition, filter or key condition.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     Condition and filter expressions, operators, and functions</a>
 */
sealed interface Condition {
    ExpressionReader.Cache<Condition> CACHE = new ExpressionReader.Cache<>(Condition::read);

    boolean holds(Map<String, AttributeValue> item, Placeholders placeholders);

    record And(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            return left.holds(item, placeholders) && right.holds(item, placeholders);
        }
    }

    record Or(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            return left.holds(item, placeholders) || right.holds(item, placeholders);
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            return !condition.holds(item, placeholders);
        }
    }

    /** Any comparison with something missing is false, but {@code <>} is true. */
    record Comparison(Operand left, String operator, Operand right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            AttributeValue one = left.of(item, placeholders);
            AttributeValue other = right.of(item, placeholders);
            return switch (operator) {
                case "=" -> one != null && other != null && AttributeValues.equal(one, other);
                case "<>" -> one == null || other == null || !AttributeValues.equal(one, other);
                case "<" -> ordered(one, other) && AttributeValues.order(one, other) < 0;
                case "<=" -> ordered(one, other) && AttributeValues.order(one, other) <= 0;
                case ">" -> ordered(one, other) && AttributeValues.order(one, other) > 0;
                default -> ordered(one, other) && AttributeValues.order(one, other) >= 0;
            };
        }

        private boolean ordered(@Nullable AttributeValue one, @Nullable AttributeValue other) {
            left.refuseUnordered(one, operator);
            right.refuseUnordered(other, operator);
            return AttributeValues.areComparable(one, other);
        }
    }

    record Between(Operand operand, Operand low, Operand high) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            AttributeValue value = operand.of(item, placeholders);
            AttributeValue from = low.of(item, placeholders);
            AttributeValue to = high.of(item, placeholders);
            low.refuseUnordered(from, "BETWEEN");
            high.refuseUnordered(to, "BETWEEN");
            return AttributeValues.areComparable(value, from)
                    && AttributeValues.areComparable(value, to)
                    && AttributeValues.order(value, from) >= 0
                    && AttributeValues.order(value, to) <= 0;
        }
    }

    record In(Operand operand, List<Operand> others) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            AttributeValue value = operand.of(item, placeholders);
            return value != null
                    && others.stream()
                            .map(other -> other.of(item, placeholders))
                            .anyMatch(other -> other != null && AttributeValues.equal(value, other));
        }
    }

    record Exists(DocumentPath path) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            return path.of(item, placeholders) != null;
        }
    }

    record OfType(DocumentPath path, Operand type) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            AttributeValue value = path.of(item, placeholders);
            AttributeValue name = type.of(item, placeholders);
            return value != null && name != null && value.type().name().equals(name.s());
        }
    }

    record BeginsWith(Operand operand, Operand start) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            AttributeValue value = operand.of(item, placeholders);
            AttributeValue wanted = start.of(item, placeholders);
            return value != null
                    && wanted != null
                    && value.s() != null
                    && wanted.s() != null
                    && value.s().startsWith(wanted.s());
        }
    }

    record Contains(Operand operand, Operand part) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item, Placeholders placeholders) {
            AttributeValue value = operand.of(item, placeholders);
            AttributeValue wanted = part.of(item, placeholders);
            return value != null && wanted != null && AttributeValues.contains(value, wanted);
        }
    }

    /** What is compared. */
    sealed interface Operand {
        /** Null where there is nothing. */
        @Nullable
        AttributeValue of(Map<String, AttributeValue> item, Placeholders placeholders);

        /** A value of the request must have an order where one is needed. One of an item need not. */
        default void refuseUnordered(@Nullable AttributeValue value, String operator) {
            if (this instanceof Given && value != null && !AttributeValues.hasOrder(value)) {
                throw AwsErrors.validation(
                        "Invalid expression: Incorrect operand type for operator or function; operator:" + " "
                                + operator + ", operand type: " + value.type());
            }
        }

        record AtPath(DocumentPath path) implements Operand {
            @Override
            public @Nullable AttributeValue of(Map<String, AttributeValue> item, Placeholders placeholders) {
                return path.of(item, placeholders);
            }
        }

        record Given(String placeholder) implements Operand {
            @Override
            public AttributeValue of(Map<String, AttributeValue> item, Placeholders placeholders) {
                return placeholders.value(placeholder);
            }
        }

        record Size(DocumentPath path) implements Operand {
            @Override
            public @Nullable AttributeValue of(Map<String, AttributeValue> item, Placeholders placeholders) {
                AttributeValue value = path.of(item, placeholders);
                return value == null ? null : AttributeValues.size(value);
            }
        }
    }

    /** OR binds least, then AND, then NOT. */
    private static Condition read(ExpressionReader reader) {
        Condition condition = conjunction(reader);
        while (reader.accept("OR")) {
            condition = new Or(condition, conjunction(reader));
        }
        return condition;
    }

    private static Condition conjunction(ExpressionReader reader) {
        Condition condition = negation(reader);
        while (reader.accept("AND")) {
            condition = new And(condition, negation(reader));
        }
        return condition;
    }

    private static Condition negation(ExpressionReader reader) {
        return reader.accept("NOT") ? new Not(negation(reader)) : single(reader);
    }

    private static Condition single(ExpressionReader reader) {
        if (reader.accept("(")) {
            return closed(reader, read(reader));
        }
        if (reader.acceptCall("attribute_exists")) {
            return closed(reader, new Exists(reader.path()));
        }
        if (reader.acceptCall("attribute_not_exists")) {
            return closed(reader, new Not(new Exists(reader.path())));
        }
        if (reader.acceptCall("attribute_type")) {
            DocumentPath path = reader.path();
            reader.expect(",");
            return closed(reader, new OfType(path, operand(reader)));
        }
        if (reader.acceptCall("begins_with")) {
            Operand operand = operand(reader);
            reader.expect(",");
            return closed(reader, new BeginsWith(operand, operand(reader)));
        }
        if (reader.acceptCall("contains")) {
            Operand operand = operand(reader);
            reader.expect(",");
            return closed(reader, new Contains(operand, operand(reader)));
        }
        return comparison(reader, operand(reader));
    }

    private static Condition closed(ExpressionReader reader, Condition condition) {
        reader.expect(")");
        return condition;
    }

    private static Condition comparison(ExpressionReader reader, Operand left) {
        if (reader.accept("BETWEEN")) {
            Operand low = operand(reader);
            reader.expect("AND");
            return new Between(left, low, operand(reader));
        }
        if (reader.accept("IN")) {
            reader.expect("(");
            List<Operand> others = new ArrayList<>();
            do {
                others.add(operand(reader));
            } while (reader.accept(","));
            return closed(reader, new In(left, List.copyOf(others)));
        }
        String operator = reader.word();
        if (!Set.of("=", "<>", "<", "<=", ">", ">=").contains(operator)) {
            throw reader.error();
        }
        return new Comparison(left, operator, operand(reader));
    }

    private static Operand operand(ExpressionReader reader) {
        if (reader.acceptCall("size")) {
            Operand size = new Operand.Size(reader.path());
            reader.expect(")");
            return size;
        }
        return reader.isValueNext() ? new Operand.Given(reader.value()) : new Operand.AtPath(reader.path());
    }
}
