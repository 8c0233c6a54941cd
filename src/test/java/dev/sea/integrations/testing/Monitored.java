package dev.sea.integrations.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.table.DuePartition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An active integration on a customer's set-up, validated and due in an hour. */
public final class Monitored {
    private static final String TABLE = "local-sea-external-integrations";

    private final Customer customer;
    private final String tenant;
    private final String id;

    private Monitored(Customer customer, String tenant, String id) {
        this.customer = customer;
        this.tenant = tenant;
        this.id = id;
    }

    /** With a role that IAM spread long ago, so that STS need not be asked about it once more. */
    public static Monitored active(Customer customer) {
        Monitored integration = fresh(customer);
        AttributeValue hour =
                AttributeValue.fromN(Long.toString(Duration.ofHours(1).toMillis()));
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(TABLE)
                        .key(integration.key())
                        .updateExpression(
                                "SET dueAt = health.checkedAt + :hour, health.nextCheckAt = health.checkedAt + :hour"
                                        + " REMOVE health.guardAgainAt")
                        .expressionAttributeValues(Map.of(":hour", hour)));
        return integration;
    }

    /** As it is just after its activation. */
    public static Monitored fresh(Customer customer) {
        return fresh(customer, """
                {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}""");
    }

    /** With the access key of the customer's user. */
    public static Monitored activeWithKeys(Customer customer) {
        return fresh(customer, """
                {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}""");
    }

    private static Monitored fresh(Customer customer, String access) {
        String tenant = Gateway.freshTenant();
        Gateway admin = Gateway.admin(tenant);
        Gateway.Answer created = admin.post("/v1/integrations", customer.fill("""
                {"type": "S3", "name": "Plant 7", "target": {"region": "us-east-1", "bucket": "${bucket}"},
                 "access": %s}""".formatted(access)));
        Gateway.Answer active = admin.post(created.header("Location") + "/activate", null);
        if (active.status() != 200) {
            throw new AssertionError(active.text());
        }
        return new Monitored(customer, tenant, active.json().path("id").asText());
    }

    /** Removes everything from the due index, so that a test sweeps only its own integrations. */
    public static void forgetOthers() {
        DynamoDbClient dynamo = Account.SERVICE.dynamoDb();
        dynamo.scanPaginator(request -> request.tableName(TABLE).indexName("due"))
                .items()
                .forEach(item -> dynamo.updateItem(request -> request.tableName(TABLE)
                        .key(Map.of("PK", item.get("PK"), "SK", item.get("SK")))
                        .updateExpression("REMOVE dueAt")));
    }

    /** Another tenant has claimed its external ID. */
    public void claimedBy(String otherTenant) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(TABLE)
                        .key(Map.of("PK", AttributeValue.fromS(claim()), "SK", AttributeValue.fromS("CLAIM")))
                        .updateExpression("SET tenant = :other")
                        .expressionAttributeValues(Map.of(":other", AttributeValue.fromS(otherTenant))));
    }

    public Customer customer() {
        return customer;
    }

    public String tenant() {
        return tenant;
    }

    public String id() {
        return id;
    }

    public int partition() {
        return DuePartition.of(id);
    }

    /** Sweeps the one partition that holds the integration. */
    public JsonNode sweep() {
        return Scheduler.tick(partition(), DuePartition.COUNT);
    }

    /** The partition key of the claim on its external ID. */
    public String claim() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(customer.name("externalId").getBytes(StandardCharsets.UTF_8));
            return "EXTID#" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Gateway admin() {
        return Gateway.admin(tenant);
    }

    public String path() {
        return "/v1/integrations/" + id;
    }

    public JsonNode shown() {
        return admin().get(path()).json();
    }

    public String status() {
        return shown().path("health").path("status").asText();
    }

    public Map<String, AttributeValue> item() {
        return Account.SERVICE
                .dynamoDb()
                .getItem(request -> request.tableName(TABLE).key(key()).consistentRead(true))
                .item();
    }

    /** Milliseconds since the epoch; 0 if it is not in the index. */
    public long dueAt() {
        AttributeValue at = item().get("dueAt");
        return at == null ? 0 : Long.parseLong(at.n());
    }

    /** As after the write of the sweep that had its lease. */
    public void releasedUntil(Instant nextCheck) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(TABLE)
                        .key(key())
                        .updateExpression("SET dueAt = :next REMOVE #lease")
                        .expressionAttributeNames(Map.of("#lease", "lease"))
                        .expressionAttributeValues(
                                Map.of(":next", AttributeValue.fromN(Long.toString(nextCheck.toEpochMilli())))));
    }

    public void overwrite(String attribute, AttributeValue value) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(TABLE)
                        .key(key())
                        .updateExpression("SET #name = :value")
                        .expressionAttributeNames(Map.of("#name", attribute))
                        .expressionAttributeValues(Map.of(":value", value)));
    }

    /** Whether anybody tried the customer's role without its external ID, as only full validations do. */
    public boolean wasTriedWithoutExternalId(long sinceMillis) {
        return LocalAws.calls(sinceMillis, Map.of("operation", "AssumeRole", "roleArn", customer.name("roleArn")))
                .stream()
                .anyMatch(call -> !call.facts().path("externalId").asText().equals(customer.name("externalId")));
    }

    /** Whether its next check is about an hour away. */
    public boolean isDueInAnHour(Instant now) {
        return dueAt() > now.plus(Duration.ofMinutes(50)).toEpochMilli();
    }

    public List<LocalAws.Call> calls(long sinceMillis, String operation) {
        return LocalAws.calls(sinceMillis, Map.of("operation", operation, "bucket", customer.name("bucket")));
    }

    public List<JsonNode> events() {
        return LocalAws.healthEvents(id);
    }

    private Map<String, AttributeValue> key() {
        return StoredData.key(tenant, id);
    }
}
