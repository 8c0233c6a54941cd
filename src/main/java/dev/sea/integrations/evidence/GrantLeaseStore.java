package dev.sea.integrations.evidence;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.grant.GrantItem;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DueIndex.GrantKey;
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
import java.util.Set;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Leases on grants that are due. They work as those on integrations: a lease moves the due time to its end. So no other sweep
 * looks for the grant until then, and if this sweep crashes, the grant is due again.
 */
@ApplicationScoped
class GrantLeaseStore {
    /** How long a grant is left alone that cannot be read: a further try would end the same way. */
    private static final Duration ASIDE = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(GrantLeaseStore.class);

    private final DynamoDbClient dynamo;
    private final String table;
    private final Contention contention;
    private final Tokens tokens;
    private final InstantSource time;

    GrantLeaseStore(DynamoDbClient dynamo, SeaConfig config, Contention contention, Tokens tokens, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.contention = contention;
        this.tokens = tokens;
        this.time = time;
    }

    /** A grant as it was when a sweep took it. */
    record Leased(TrackedGrant grant, String token) {}

    /**
     * Takes a grant that is due, by one conditional write, so that no other sweep looks for it until the lease ends. Empty when
     * it is gone, not due, or cannot be read.
     */
    Optional<Leased> take(Tenant tenant, GrantKey key, Instant now, Instant until) {
        String token = tokens.next();
        return contention.settled(() -> attemptToTake(tenant, key, now, until, token));
    }

    private Optional<Leased> attemptToTake(Tenant tenant, GrantKey key, Instant now, Instant until, String token) {
        try {
            Map<String, AttributeValue> taken = Availability.required(() ->
                            dynamo.updateItem(request -> request.tableName(table)
                                    .key(TableKey.of(tenant, key.sortKey()))
                                    .updateExpression("SET #lease = :token, #dueAt = :until")
                                    .conditionExpression("#dueAt <= :now")
                                    .expressionAttributeNames(
                                            Map.of("#lease", TrackedGrantItem.LEASE, "#dueAt", TrackedGrantItem.DUE_AT))
                                    .expressionAttributeValues(Map.of(
                                            ":token", AttributeValue.fromS(token),
                                            ":until", TypedItem.number(until.toEpochMilli()),
                                            ":now", TypedItem.number(now.toEpochMilli())))
                                    .returnValues(ReturnValue.ALL_NEW)
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                    .attributes();
            return leased(taken, token);
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        } catch (ConditionalCheckFailedException failed) {
            // The SDK repeats a request whose answer got lost, and then finds its own lease.
            return new TypedItem(failed.item())
                    .optionalText(TrackedGrantItem.LEASE)
                    .filter(token::equals)
                    .flatMap(_ -> leased(failed.item(), token));
        }
    }

    private Optional<Leased> leased(Map<String, AttributeValue> item, String token) {
        try {
            return Optional.of(new Leased(TrackedGrantItem.tracked(item), token));
        } catch (RuntimeException broken) {
            Instant later = time.instant().plus(ASIDE);
            LOG.errorf(broken, "%s cannot be read; set aside until %s", new TypedItem(item).text(TableKey.SK), later);
            release(item, token, Optional.of(later));
            return Optional.empty();
        }
    }

    /**
     * Ends a lease without an outcome. Does nothing if somebody else has written the grant since.
     *
     * @param next when a sweep looks again; empty: never
     */
    void release(Leased leased, Optional<Instant> next) {
        release(
                GrantItem.key(
                        leased.grant().grant().tenant(),
                        leased.grant().grant().integration(),
                        leased.grant().grant().id()),
                leased.token(),
                next);
    }

    private void release(Map<String, AttributeValue> item, String token, Optional<Instant> next) {
        Map<String, AttributeValue> key = new HashMap<>(item);
        key.keySet().retainAll(Set.of(TableKey.PK, TableKey.SK));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":token", AttributeValue.fromS(token)));
        Map<String, String> names =
                new HashMap<>(Map.of("#lease", TrackedGrantItem.LEASE, "#dueAt", TrackedGrantItem.DUE_AT));
        next.ifPresentOrElse(
                at -> values.put(":next", TypedItem.number(at.toEpochMilli())),
                () -> names.put("#duePartition", TrackedGrantItem.DUE_PARTITION));
        try {
            contention.settled(() -> {
                try {
                    return Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                            .key(key)
                            .updateExpression(
                                    next.isPresent()
                                            ? "SET #dueAt = :next REMOVE #lease"
                                            : "REMOVE #lease, #dueAt, #duePartition")
                            .conditionExpression("#lease = :token")
                            .expressionAttributeNames(names)
                            .expressionAttributeValues(values)));
                } catch (TransactionConflictException met) {
                    throw new Contention.Met(met);
                }
            });
        } catch (ConditionalCheckFailedException writtenSince) {
            // By an outcome, by a sweep after the lease, or by this write's own first attempt.
        }
    }
}
