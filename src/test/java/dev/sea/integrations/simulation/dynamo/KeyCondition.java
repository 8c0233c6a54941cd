package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.AwsErrors;
import dev.sea.integrations.simulation.dynamo.Condition.Operand;
import dev.sea.integrations.simulation.dynamo.DynamoTable.Place;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which part of the table or index a Query reads.
 *
 * @param sort on the sort key; null for the whole partition
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">Key
 *     condition expressions</a>
 */
record KeyCondition(AttributeValue partition, @Nullable Condition sort) {

    static KeyCondition of(Condition whole, DynamoIndex index, Placeholders placeholders) {
        KeyCondition condition = read(whole, index, placeholders);
        condition.values(placeholders).forEach(KeyCondition::refuseEmpty);
        return condition;
    }

    private Stream<AttributeValue> values(Placeholders placeholders) {
        return Stream.concat(
                Stream.of(partition),
                switch (sort) {
                    case Condition.Comparison comparison -> value(comparison.right(), placeholders);
                    case Condition.BeginsWith beginsWith -> value(beginsWith.start(), placeholders);
                    case Condition.Between between ->
                        Stream.concat(value(between.low(), placeholders), value(between.high(), placeholders));
                    case null, default -> Stream.of();
                });
    }

    private static Stream<AttributeValue> value(Operand operand, Placeholders placeholders) {
        return operand instanceof Operand.Given(String placeholder)
                ? Stream.of(placeholders.value(placeholder))
                : Stream.of();
    }

    private static void refuseEmpty(AttributeValue value) {
        if (value.s() != null && value.s().isEmpty()) {
            throw AwsErrors.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute"
                            + " cannot contain an empty string value.");
        }
    }

    private static KeyCondition read(Condition whole, DynamoIndex index, Placeholders placeholders) {
        String partition = index.partition();
        return switch (whole) {
            case Condition.And(Condition left, Condition right)
            when isOn(partition, left, placeholders) && isSort(index, right, placeholders) ->
                new KeyCondition(equalTo(left, placeholders), right);
            case Condition.And(Condition left, Condition right)
            when isSort(index, left, placeholders) && isOn(partition, right, placeholders) ->
                new KeyCondition(equalTo(right, placeholders), left);
            case Condition condition
            when isOn(partition, condition, placeholders) -> new KeyCondition(equalTo(condition, placeholders), null);
            default -> throw AwsErrors.validation("Query condition missed key schema element: " + partition);
        };
    }

    private static boolean isOn(String attribute, Condition condition, Placeholders placeholders) {
        return attribute(condition, placeholders).filter(attribute::equals).isPresent();
    }

    private static boolean isSort(DynamoIndex index, Condition condition, Placeholders placeholders) {
        return attribute(condition, placeholders).filter(index::sortsBy).isPresent();
    }

    private static Optional<String> attribute(Condition condition, Placeholders placeholders) {
        Operand operand = switch (condition) {
            case Condition.Comparison comparison -> comparison.left();
            case Condition.Between between -> between.operand();
            case Condition.BeginsWith beginsWith -> beginsWith.operand();
            default -> throw AwsErrors.validation("Invalid operator used in KeyConditionExpression");
        };
        return operand instanceof Operand.AtPath(var path) && path.steps().size() == 1
                ? Optional.of(path.attribute(placeholders))
                : Optional.empty();
    }

    private static AttributeValue equalTo(Condition condition, Placeholders placeholders) {
        if (condition instanceof Condition.Comparison(Operand _, String operator, Operand.Given(String value))
                && operator.equals("=")) {
            return placeholders.value(value);
        }
        throw AwsErrors.validation("Query key condition not supported");
    }

    NavigableMap<Place, Map<String, AttributeValue>> range(
            DynamoTable table, DynamoIndex index, Placeholders placeholders) {
        return table.range(index, partition, sort, placeholders);
    }
}
