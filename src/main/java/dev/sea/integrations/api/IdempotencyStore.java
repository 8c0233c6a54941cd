package dev.sea.integrations.api;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Which requests of a tenant came with which idempotency key, and what they were answered. One conditional write takes a
 * key; when it fails, its answer tells why, so that nothing is read twice and nobody gets in between.
 */
@ApplicationScoped
class IdempotencyStore {
    private static final Duration KEPT = Duration.ofHours(24);
    /** Twice what a Lambda invocation may last: whoever took the key is dead by then. */
    private static final Duration TRY = Duration.ofSeconds(60);

    private static final String INTEGRATION = "integration";
    private static final String SALT = "salt";
    private static final String DIGEST = "digest";
    private static final String TRIER = "trier";
    /** Epoch milliseconds; until then the try may still run. Absent once it is answered. */
    private static final String RUNS_UNTIL = "runsUntil";

    private static final String STATUS = "status";
    private static final String HEADERS = "headers";
    private static final String BODY = "body";
    /** Epoch seconds; DynamoDB removes late, so it is compared. */
    private static final String TTL = "ttl";

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource time;
    private final RandomGenerator random;

    IdempotencyStore(DynamoDbClient dynamo, SeaConfig config, InstantSource time, RandomGenerator random) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.time = time;
        this.random = random;
    }

    /** What a key is found to be. */
    sealed interface Claim {
        /**
         * The caller's, to go on with.
         *
         * @param id the integration's, of the first try
         */
        record Taken(Tenant tenant, IdempotencyKey key, IntegrationId id, String trier) implements Claim {}

        record Finished(RecordedAnswer answer) implements Claim {}

        record Running() implements Claim {}

        record OtherRequest() implements Claim {}
    }

    /**
     * Takes a key for a minute, unless it belongs to another request, is answered, or is taken.
     *
     * @param id for the integration, if this is the first try
     * @param digest of the request
     * @param request to be held against the digest of an earlier one
     */
    Claim claim(Tenant tenant, IdempotencyKey key, IntegrationId id, RequestDigest digest, byte[] request) {
        Instant now = time.instant();
        String trier = new UUID(random.nextLong(), random.nextLong()).toString();
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, key));
        new TypedItem(item)
                .text(INTEGRATION, id.value())
                .text(SALT, digest.salt())
                .text(DIGEST, digest.value())
                .text(TRIER, trier)
                .time(RUNS_UNTIL, now.plus(TRY))
                .number(TTL, now.plus(KEPT).getEpochSecond());
        try {
            Availability.required(() -> dynamo.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(PK) OR #ttl <= :now")
                    .expressionAttributeNames(Map.of("#ttl", TTL))
                    .expressionAttributeValues(Map.of(":now", number(now.getEpochSecond())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return new Claim.Taken(tenant, key, id, trier);
        } catch (ConditionalCheckFailedException there) {
            return known(tenant, key, new TypedItem(there.item()), trier, request);
        }
    }

    private Claim known(Tenant tenant, IdempotencyKey key, TypedItem item, String trier, byte[] request) {
        IntegrationId id = new IntegrationId(item.text(INTEGRATION));
        if (item.text(TRIER).equals(trier)) {
            // The SDK repeated the write, whose answer got lost.
            return new Claim.Taken(tenant, key, id, trier);
        }
        if (!new RequestDigest(item.text(SALT), item.text(DIGEST)).matches(request)) {
            return new Claim.OtherRequest();
        }
        if (!item.has(RUNS_UNTIL)) {
            return new Claim.Finished(answer(item));
        }
        return item.time(RUNS_UNTIL).isAfter(time.instant())
                ? new Claim.Running()
                : takenOver(new Claim.Taken(tenant, key, id, trier), item.text(TRIER));
    }

    private Claim takenOver(Claim.Taken taken, String from) {
        return written(
                        taken,
                        from,
                        "SET #trier = :trier, #until = :until",
                        Map.of(
                                ":trier", AttributeValue.fromS(taken.trier()),
                                ":until", number(time.instant().plus(TRY).toEpochMilli())))
                ? taken
                : new Claim.Running();
    }

    /** The next try need not wait until this one must be dead. */
    void letGo(Claim.Taken taken) {
        written(taken, taken.trier(), "SET #until = :until", Map.of(":until", number(0)));
    }

    /** Keeps the answer for the rest of the 24 hours. */
    void finish(Claim.Taken taken, RecordedAnswer answer) {
        Map<String, AttributeValue> headers = new HashMap<>();
        answer.headers().forEach((name, value) -> headers.put(name, AttributeValue.fromS(value)));
        written(
                taken,
                taken.trier(),
                "SET #status = :status, #headers = :headers, #body = :body REMOVE #until",
                Map.of(
                        ":status", number(answer.status()),
                        ":headers", AttributeValue.fromM(headers),
                        ":body", AttributeValue.fromS(answer.body())));
    }

    /** False when another try has the key. */
    private boolean written(Claim.Taken taken, String trier, String update, Map<String, AttributeValue> values) {
        Map<String, AttributeValue> all = new HashMap<>(values);
        all.put(":from", AttributeValue.fromS(trier));
        Map<String, String> names = new HashMap<>(Map.of("#trier", TRIER, "#until", RUNS_UNTIL));
        if (values.containsKey(":status")) {
            names.putAll(Map.of("#status", STATUS, "#headers", HEADERS, "#body", BODY));
        }
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(key(taken.tenant(), taken.key()))
                    .updateExpression(update)
                    .conditionExpression("#trier = :from AND attribute_exists(#until)")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(all)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return true;
        } catch (ConditionalCheckFailedException failed) {
            // Its own work again, when the answer got lost.
            return failed.hasItem() && new TypedItem(failed.item()).text(TRIER).equals(taken.trier());
        }
    }

    private static RecordedAnswer answer(TypedItem item) {
        return new RecordedAnswer((int) item.number(STATUS), item.texts(HEADERS), item.text(BODY));
    }

    private static Map<String, AttributeValue> key(Tenant tenant, IdempotencyKey key) {
        return TableKey.of(tenant, "IDEM#" + key.value());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
