package dev.sea.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The least that a Java function can be which makes the same DynamoDB call as the service: no framework, no JSON library,
 * the SDK set up as AWS advises for Lambda. The first word of the event says which call.
 */
public final class Floor implements RequestStreamHandler {
    private static final String TABLE = System.getenv("SEA_TABLE");
    private static final Map<String, AttributeValue> KEY = key("INT#1");

    private final DynamoDbClient dynamo = DynamoDbClient.builder()
            .region(Region.of(System.getenv("AWS_REGION")))
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        String wanted = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        int found = switch (wanted.replace("\"", "")) {
            case "query" -> query();
            case "get" ->
                dynamo.getItem(r -> r.tableName(TABLE).key(KEY)).item().size();
            case "transaction" -> transaction();
            default -> 0;
        };
        answer.write(("{\"statusCode\":200,\"found\":" + found + "}").getBytes(StandardCharsets.UTF_8));
    }

    private int query() {
        return dynamo.query(r -> r.tableName(TABLE)
                        .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                        .expressionAttributeValues(Map.of(":pk", text("TENANT#floor"), ":sk", text("INT#")))
                        .limit(20))
                .items()
                .size();
    }

    /** Of four items, as a creation's. */
    private int transaction() {
        List<TransactWriteItem> writes = IntStream.range(0, 4)
                .mapToObj(number -> Put.builder()
                        .tableName(TABLE)
                        .item(key("PUT#" + number))
                        .build())
                .map(put -> TransactWriteItem.builder().put(put).build())
                .toList();
        dynamo.transactWriteItems(r -> r.transactItems(writes));
        return writes.size();
    }

    private static Map<String, AttributeValue> key(String sort) {
        return Map.of("PK", text("TENANT#floor"), "SK", text(sort));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
