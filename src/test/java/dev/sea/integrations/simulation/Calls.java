package dev.sea.integrations.simulation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;

/** What a trace says of calls. Nothing that differs between two runs of a seed, such as how long something took. */
final class Calls {
    private static final AttributeValue NONE = AttributeValue.fromS("");

    private Calls() {}

    static boolean isWrite(SdkRequest request) {
        return switch (request) {
            case PutItemRequest _,
                    UpdateItemRequest _,
                    DeleteItemRequest _,
                    TransactWriteItemsRequest _,
                    CreateSecretRequest _,
                    DeleteSecretRequest _ -> true;
            default -> false;
        };
    }

    /** What a call is about. */
    static String subject(SdkRequest request) {
        return switch (request) {
            case GetItemRequest get -> key(get.key());
            case PutItemRequest put -> key(put.item());
            case UpdateItemRequest update -> key(update.key());
            case DeleteItemRequest delete -> key(delete.key());
            case TransactWriteItemsRequest all ->
                all.transactItems().stream().map(Calls::key).collect(Collectors.joining(" + "));
            case BatchGetItemRequest batch ->
                batch.requestItems().values().stream()
                        .flatMap(keys -> keys.keys().stream())
                        .map(Calls::key)
                        .collect(Collectors.joining(" + "));
            case QueryRequest query ->
                query.expressionAttributeValues().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(value -> text(value.getValue()))
                        .collect(Collectors.joining(" "));
            case CreateSecretRequest create -> create.name();
            case DeleteSecretRequest delete -> delete.secretId();
            default -> "";
        };
    }

    private static String key(TransactWriteItem item) {
        return Stream.of(
                        item.put() == null
                                ? List.<Map<String, AttributeValue>>of()
                                : List.of(item.put().item()),
                        item.update() == null
                                ? List.<Map<String, AttributeValue>>of()
                                : List.of(item.update().key()),
                        item.delete() == null
                                ? List.<Map<String, AttributeValue>>of()
                                : List.of(item.delete().key()),
                        item.conditionCheck() == null
                                ? List.<Map<String, AttributeValue>>of()
                                : List.of(item.conditionCheck().key()))
                .flatMap(List::stream)
                .map(Calls::key)
                .collect(Collectors.joining());
    }

    private static String key(Map<String, AttributeValue> key) {
        return key.getOrDefault("PK", NONE).s() + "|"
                + key.getOrDefault("SK", NONE).s();
    }

    private static String text(AttributeValue value) {
        return value.s() == null ? String.valueOf(value.n()) : value.s();
    }
}
