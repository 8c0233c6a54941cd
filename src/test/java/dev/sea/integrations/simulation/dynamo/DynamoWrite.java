package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.SdkFields;
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
        return of(SdkFields.copied(put, Put.builder()).build());
    }

    static DynamoWrite of(UpdateItemRequest update) {
        return of(SdkFields.copied(update, Update.builder()).build());
    }

    static DynamoWrite of(DeleteItemRequest delete) {
        return of(SdkFields.copied(delete, Delete.builder()).build());
    }

    static DynamoWrite of(TransactWriteItem part) {
        if (part.put() != null) {
            return of(part.put());
        }
        if (part.update() != null) {
            return of(part.update());
        }
        if (part.delete() != null) {
            return of(part.delete());
        }
        ConditionCheck check = part.conditionCheck();
        return of(
                check.tableName(),
                ItemKey.of(check.key()),
                check.conditionExpression(),
                new Placeholders(check.expressionAttributeNames(), check.expressionAttributeValues()),
                check.returnValuesOnConditionCheckFailure(),
                new Change.Keep());
    }

    private static DynamoWrite of(Put put) {
        return of(
                put.tableName(),
                ItemKey.ofItem(put.item()),
                put.conditionExpression(),
                new Placeholders(put.expressionAttributeNames(), put.expressionAttributeValues()),
                put.returnValuesOnConditionCheckFailure(),
                new Change.Replace(AttributeValues.sorted(put.item())));
    }

    private static DynamoWrite of(Delete delete) {
        return of(
                delete.tableName(),
                ItemKey.of(delete.key()),
                delete.conditionExpression(),
                new Placeholders(delete.expressionAttributeNames(), delete.expressionAttributeValues()),
                delete.returnValuesOnConditionCheckFailure(),
                new Change.Remove());
    }

    private static DynamoWrite of(Update update) {
        Compiled<Condition> condition = Condition.CACHE.compiled(update.conditionExpression());
        Compiled<UpdateExpression> change = UpdateExpression.CACHE.compiled(update.updateExpression());
        if (change == null) {
            throw new UnsupportedOperationException("UpdateItem without an UpdateExpression");
        }
        Placeholders placeholders =
                new Placeholders(update.expressionAttributeNames(), update.expressionAttributeValues());
        change.tree().check(placeholders.checked(condition, change), KEY_ATTRIBUTES);
        return new DynamoWrite(
                update.tableName(),
                ItemKey.of(update.key()),
                condition,
                placeholders,
                update.returnValuesOnConditionCheckFailure() == ReturnValuesOnConditionCheckFailure.ALL_OLD,
                new Change.Modify(update.key(), change.tree()));
    }

    private static DynamoWrite of(
            String table,
            ItemKey key,
            @Nullable String condition,
            Placeholders placeholders,
            @Nullable ReturnValuesOnConditionCheckFailure returned,
            Change change) {
        Compiled<Condition> compiled = Condition.CACHE.compiled(condition);
        return new DynamoWrite(
                table,
                key,
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
