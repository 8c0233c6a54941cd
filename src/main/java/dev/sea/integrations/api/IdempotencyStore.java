package dev.sea.integrations.api;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Which requests of a tenant came with which idempotency key, and what they were answered. One conditional write takes a
 * key; when it fails, its answer tells why, so that nothing is read twice and nobody gets in between.
 */
@ApplicationScoped
class IdempotencyStore {
    private static final Duration KEPT = Duration.ofHours(24);
    /** Twice what a Lambda invocation may last: an attempt that took the key has ended by then. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(60);

    private static final String INTEGRATION = "integration";
    private static final String SALT = "salt";
    private static final String DIGEST = "digest";
    /** Which attempt has the key. */
    private static final String ATTEMPT = "trier";
    /** Epoch milliseconds; until then the attempt may still run. Absent once it is answered. */
    private static final String RUNS_UNTIL = "runsUntil";

    /** Whether an attempt has stored the integration. */
    private static final String STORED = "stored";

    private static final String STATUS = "status";
    private static final String HEADERS = "headers";
    private static final String BODY = "body";
    /** Epoch seconds; DynamoDB removes late, so it is compared. */
    private static final String TTL = "ttl";

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource time;
    private final Tokens tokens;
    private final Contention contention;

    IdempotencyStore(
            DynamoDbClient dynamo, SeaConfig config, InstantSource time, Tokens tokens, Contention contention) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.time = time;
        this.tokens = tokens;
        this.contention = contention;
    }

    /** What a key is found to be. */
    sealed interface Claim {
        /**
         * The caller's, to go on with.
         *
         * @param id the integration's, of the first attempt
         * @param isStored whether an earlier attempt has stored it
         */
        record Taken(Tenant tenant, IdempotencyKey key, IntegrationId id, String attempt, boolean isStored)
                implements Claim {}

        record Finished(RecordedAnswer answer) implements Claim {}

        record Running() implements Claim {}

        record OtherRequest() implements Claim {}
    }

    /**
     * Takes a key for a minute, unless it belongs to another request, is answered, or is taken.
     *
     * @param id for the integration, if this is the first attempt
     * @param digest of the request
     * @param request compared with the digest of an earlier one
     */
    Claim claim(Tenant tenant, IdempotencyKey key, IntegrationId id, RequestDigest digest, byte[] request) {
        Instant now = time.instant();
        String attempt = tokens.next();
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, key));
        new TypedItem(item)
                .text(INTEGRATION, id.value())
                .text(SALT, digest.salt())
                .text(DIGEST, digest.value())
                .text(ATTEMPT, attempt)
                .time(RUNS_UNTIL, now.plus(LONGEST_ATTEMPT))
                .number(TTL, now.plus(KEPT).getEpochSecond());
        return contention.settled(() -> {
            try {
                Availability.required(() -> dynamo.putItem(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(PK) OR #ttl <= :now")
                        .expressionAttributeNames(Map.of("#ttl", TTL))
                        .expressionAttributeValues(Map.of(":now", TypedItem.number(now.getEpochSecond())))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
                return new Claim.Taken(tenant, key, id, attempt, false);
            } catch (TransactionConflictException stored) {
                throw new Contention.Met(stored);
            } catch (ConditionalCheckFailedException there) {
                return known(tenant, key, new TypedItem(there.item()), attempt, request);
            }
        });
    }

    private Claim known(Tenant tenant, IdempotencyKey key, TypedItem item, String attempt, byte[] request) {
        IntegrationId id = new IntegrationId(item.text(INTEGRATION));
        if (item.text(ATTEMPT).equals(attempt)) {
            // The SDK repeated the write, whose answer got lost.
            return new Claim.Taken(tenant, key, id, attempt, false);
        }
        if (!new RequestDigest(item.text(SALT), item.text(DIGEST)).matches(request)) {
            return new Claim.OtherRequest();
        }
        if (!item.has(RUNS_UNTIL)) {
            return new Claim.Finished(
                    new RecordedAnswer((int) item.number(STATUS), item.texts(HEADERS), item.text(BODY)));
        }
        return item.time(RUNS_UNTIL).isAfter(time.instant())
                ? new Claim.Running()
                : takenOver(new Claim.Taken(tenant, key, id, attempt, false), item.text(ATTEMPT));
    }

    private Claim takenOver(Claim.Taken taken, String from) {
        // As of this write: the attempt that had the key can store nothing any more.
        long until = time.instant().plus(LONGEST_ATTEMPT).toEpochMilli();
        return written(
                        taken,
                        from,
                        "SET #attempt = :attempt, #until = :until",
                        Map.of(
                                ":attempt", AttributeValue.fromS(taken.attempt()),
                                ":until", TypedItem.number(until)))
                .<Claim>map(item ->
                        new Claim.Taken(taken.tenant(), taken.key(), taken.id(), taken.attempt(), item.has(STORED)))
                .orElseGet(Claim.Running::new);
    }

    /** Notes in the transaction that stores the integration that it is stored. Refused when another attempt has the key. */
    CompanionItem stored(Claim.Taken taken) {
        return new CompanionItem(
                TransactWriteItem.builder()
                        .update(update -> update.tableName(table)
                                .key(key(taken.tenant(), taken.key()))
                                .updateExpression("SET #stored = :stored")
                                .conditionExpression("#attempt = :attempt")
                                .expressionAttributeNames(Map.of("#stored", STORED, "#attempt", ATTEMPT))
                                .expressionAttributeValues(Map.of(
                                        ":stored", AttributeValue.fromBool(true),
                                        ":attempt", AttributeValue.fromS(taken.attempt()))))
                        .build(),
                RequestInProgress::new);
    }

    /** Gives the key up, so that the next attempt need not wait. */
    void release(Claim.Taken taken) {
        written(taken, taken.attempt(), "SET #until = :until", Map.of(":until", TypedItem.number(0)));
    }

    /** Keeps the answer for the rest of the 24 hours. */
    void finish(Claim.Taken taken, RecordedAnswer answer) {
        Map<String, AttributeValue> headers = new HashMap<>();
        answer.headers().forEach((name, value) -> headers.put(name, AttributeValue.fromS(value)));
        written(
                taken,
                taken.attempt(),
                "SET #status = :status, #headers = :headers, #body = :body REMOVE #until",
                Map.of(
                        ":status", TypedItem.number(answer.status()),
                        ":headers", AttributeValue.fromM(headers),
                        ":body", AttributeValue.fromS(answer.body())));
    }

    /** The item as written; empty when another attempt has the key. */
    private Optional<TypedItem> written(
            Claim.Taken taken, String attempt, String update, Map<String, AttributeValue> values) {
        Map<String, AttributeValue> all = new HashMap<>(values);
        all.put(":from", AttributeValue.fromS(attempt));
        Map<String, String> names = new HashMap<>(Map.of("#attempt", ATTEMPT, "#until", RUNS_UNTIL));
        if (values.containsKey(":status")) {
            names.putAll(Map.of("#status", STATUS, "#headers", HEADERS, "#body", BODY));
        }
        return contention.settled(() -> {
            try {
                var written = Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                        .key(key(taken.tenant(), taken.key()))
                        .updateExpression(update)
                        .conditionExpression("#attempt = :from AND attribute_exists(#until)")
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(all)
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
                return Optional.of(new TypedItem(written.attributes()));
            } catch (TransactionConflictException stored) {
                throw new Contention.Met(stored);
            } catch (ConditionalCheckFailedException failed) {
                // Its own work again, when the answer got lost.
                return Optional.of(failed.item())
                        .filter(item -> !item.isEmpty())
                        .map(TypedItem::new)
                        .filter(item -> item.text(ATTEMPT).equals(taken.attempt()));
            }
        });
    }

    private static Map<String, AttributeValue> key(Tenant tenant, IdempotencyKey key) {
        return TableKey.of(tenant, "IDEM#" + key.value());
    }
}
