package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.dynamo.DynamoTable.ItemKey;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Compiled;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * One write, alone or in a transaction.
 *
 * @param returnsOld whether the item is told when the condition fails
 */
record DynamoWrite(
        String table,
        ItemKey key,
        @Nullable Compiled<Condition> condition,
        Placeholders placeholders,
        boolean returnsOld,
        Change change) {
    static final String CONDITION_FAILED = "The conditional request failed";

    private static final Set<String> KEY_ATTRIBUTES = Set.of(DynamoTable.PK, DynamoTable.SK);

    /** What becomes of the item. */
    private sealed interface Change {
        record Replace(Map<String, AttributeValue> item) implements Change {}

        record Modify(Map<String, AttributeValue> key, UpdateExpression update) implements Change {}

        record Remove() implements Change {}

        record Keep() implements Change {}
    }

    static DynamoWrite of(PutItemRequest put) {
        return replace(
                put.tableName(),
                put.item(),
                put.conditionExpression(),
                new Placeholders(put.expressionAttributeNames(), put.expressionAttributeValues()),
                put.returnValuesOnConditionCheckFailure());
    }

    static DynamoWrite of(UpdateItemRequest update) {
        return modify(
                update.tableName(),
                update.key(),
                update.updateExpression(),
                update.conditionExpression(),
                new Placeholders(update.expressionAttributeNames(), update.expressionAttributeValues()),
                update.returnValuesOnConditionCheckFailure());
    }

    static DynamoWrite of(DeleteItemRequest delete) {
        return of(
                delete.tableName(),
                delete.key(),
                delete.conditionExpression(),
                new Placeholders(delete.expressionAttributeNames(), delete.expressionAttributeValues()),
                delete.returnValuesOnConditionCheckFailure(),
                new Change.Remove());
    }

    static DynamoWrite of(TransactWriteItem part) {
        if (part.put() != null) {
            Put put = part.put();
            return replace(
                    put.tableName(),
                    put.item(),
                    put.conditionExpression(),
                    new Placeholders(put.expressionAttributeNames(), put.expressionAttributeValues()),
                    put.returnValuesOnConditionCheckFailure());
        }
        if (part.update() != null) {
            Update update = part.update();
            return modify(
                    update.tableName(),
                    update.key(),
                    update.updateExpression(),
                    update.conditionExpression(),
                    new Placeholders(update.expressionAttributeNames(), update.expressionAttributeValues()),
                    update.returnValuesOnConditionCheckFailure());
        }
        if (part.delete() != null) {
            Delete delete = part.delete();
            return of(
                    delete.tableName(),
                    delete.key(),
                    delete.conditionExpression(),
                    new Placeholders(delete.expressionAttributeNames(), delete.expressionAttributeValues()),
                    delete.returnValuesOnConditionCheckFailure(),
                    new Change.Remove());
        }
        ConditionCheck check = part.conditionCheck();
        return of(
                check.tableName(),
                check.key(),
                check.conditionExpression(),
                new Placeholders(check.expressionAttributeNames(), check.expressionAttributeValues()),
                check.returnValuesOnConditionCheckFailure(),
                new Change.Keep());
    }

    private static DynamoWrite replace(
            String table,
            Map<String, AttributeValue> item,
            @Nullable String condition,
            Placeholders placeholders,
            @Nullable ReturnValuesOnConditionCheckFailure returned) {
        Compiled<Condition> compiled = Condition.CACHE.compiled(condition);
        return new DynamoWrite(
                table,
                ItemKey.ofItem(item),
                compiled,
                placeholders.checked(compiled),
                returned == ReturnValuesOnConditionCheckFailure.ALL_OLD,
                new Change.Replace(AttributeValues.sorted(item)));
    }

    private static DynamoWrite modify(
            String table,
            Map<String, AttributeValue> key,
            @Nullable String update,
            @Nullable String condition,
            Placeholders placeholders,
            @Nullable ReturnValuesOnConditionCheckFailure returned) {
        Compiled<Condition> compiled = Condition.CACHE.compiled(condition);
        Compiled<UpdateExpression> change = UpdateExpression.CACHE.compiled(update);
        if (change == null) {
            throw new UnsupportedOperationException("UpdateItem without an UpdateExpression");
        }
        change.tree().check(placeholders.checked(compiled, change), KEY_ATTRIBUTES);
        return new DynamoWrite(
                table,
                ItemKey.of(key),
                compiled,
                placeholders,
                returned == ReturnValuesOnConditionCheckFailure.ALL_OLD,
                new Change.Modify(key, change.tree()));
    }

    private static DynamoWrite of(
            String table,
            Map<String, AttributeValue> key,
            @Nullable String condition,
            Placeholders placeholders,
            @Nullable ReturnValuesOnConditionCheckFailure returned,
            Change change) {
        Compiled<Condition> compiled = Condition.CACHE.compiled(condition);
        return new DynamoWrite(
                table,
                ItemKey.of(key),
                compiled,
                placeholders.checked(compiled),
                returned == ReturnValuesOnConditionCheckFailure.ALL_OLD,
                change);
    }

    /** @param before null where there is no item */
    boolean isAllowed(@Nullable Map<String, AttributeValue> before) {
        return condition == null || condition.tree().holds(before == null ? Map.of() : before, placeholders);
    }

    /**
     * The item after the write; null where there is none.
     *
     * @param before null where there is no item
     */
    @Nullable
    Map<String, AttributeValue> result(@Nullable Map<String, AttributeValue> before) {
        return switch (change) {
            case Change.Replace(Map<String, AttributeValue> item) -> item;
            case Change.Remove _ -> null;
            case Change.Keep _ -> before;
            case Change.Modify(Map<String, AttributeValue> itsKey, UpdateExpression update) -> {
                boolean makesNone = before == null && update.onlyTakes();
                Map<String, AttributeValue> after = update.apply(before == null ? itsKey : before, placeholders);
                yield makesNone ? null : after;
            }
        };
    }
}
