package dev.sea.integrations.store;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Leases on integrations that are due. A lease moves the due time to its end: until then no other sweep takes the
 * integration, and if this sweep crashes, it is due again. Nothing else ends a lease; a new one replaces it.
 */
@ApplicationScoped
public class LeaseStore {
    private final DynamoDbClient dynamo;
    private final String table;
    private final Contention contention;
    private final Tokens tokens;

    LeaseStore(DynamoDbClient dynamo, SeaConfig config, Contention contention, Tokens tokens) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.contention = contention;
        this.tokens = tokens;
    }

    /** An integration as it was when the lease was taken. */
    public record Leased(Integration integration, String token) {}

    /**
     * One conditional write, which also returns the record. Empty when it is gone, inactive or not due.
     *
     * @throws UnreadableIntegration after the lease is taken
     */
    public Optional<Leased> take(Tenant tenant, IntegrationId id, Instant now, Instant until) {
        String token = tokens.next();
        return contention.settled(() -> attempt(tenant, id, now, until, token));
    }

    /** What became of a call for a validation. */
    public enum Called {
        /** It is due at once, in full. */
        DUE,
        /** A sweep is validating it at this moment. Call again when that is over. */
        LEASED,
        /** It is gone, inactive, or set aside because it cannot be validated. */
        NEVER
    }

    /**
     * Makes an active integration due at once for a validation in full. While a sweep holds the lease it does nothing, so that
     * the integration is not validated twice at a time.
     *
     * @param lease how long a sweep may hold one
     */
    public Called callForFull(Tenant tenant, IntegrationId id, Instant now, Duration lease) {
        return contention.settled(() -> attemptToCall(tenant, id, now, lease));
    }

    private Called attemptToCall(Tenant tenant, IntegrationId id, Instant now, Duration lease) {
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(IntegrationItem.key(tenant, id))
                    // The plan validates in full what is to be asked about its external ID again.
                    // Who read the health before must not write it as it was.
                    .updateExpression("SET #dueAt = :now, #health.#nextCheckAt = :now, #health.#guardAgainAt = :now,"
                            + " #health.#sequence = #health.#sequence + :one")
                    .conditionExpression("#state = :active AND (attribute_not_exists(#lease) OR #dueAt <= :now)")
                    .expressionAttributeNames(Map.of(
                            "#lease", IntegrationItem.LEASE,
                            "#dueAt", IntegrationItem.DUE_AT,
                            "#state", IntegrationItem.STATE,
                            "#health", IntegrationItem.HEALTH,
                            "#nextCheckAt", HealthItem.NEXT_CHECK_AT,
                            "#guardAgainAt", HealthItem.GUARD_AGAIN_AT,
                            "#sequence", HealthItem.SEQUENCE))
                    .expressionAttributeValues(Map.of(
                            ":now", TypedItem.number(now.toEpochMilli()),
                            ":one", TypedItem.number(1),
                            ":active", AttributeValue.fromS(State.ACTIVE.name())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return Called.DUE;
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        } catch (ConditionalCheckFailedException failed) {
            return isLeased(new TypedItem(failed.item()), now.plus(lease)) ? Called.LEASED : Called.NEVER;
        }
    }

    private static boolean isLeased(TypedItem item, Instant longest) {
        return item.optionalTime(IntegrationItem.DUE_AT)
                .filter(end -> !end.isAfter(longest))
                .isPresent();
    }

    /**
     * Moves the due time of an integration that this sweep has leased, but cannot validate. Does nothing if somebody else has
     * written it since.
     *
     * @param until the end of the lease
     */
    public void setAside(Tenant tenant, IntegrationId id, Instant until, Instant later) {
        try {
            contention.settled(() -> attemptToSetAside(tenant, id, until, later));
        } catch (ConditionalCheckFailedException writtenSince) {
            // It is due at another time already.
        }
    }

    private UpdateItemResponse attemptToSetAside(Tenant tenant, IntegrationId id, Instant until, Instant later) {
        try {
            return Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(IntegrationItem.key(tenant, id))
                    .updateExpression("SET #dueAt = :later")
                    .conditionExpression("#dueAt = :until")
                    .expressionAttributeNames(Map.of("#dueAt", IntegrationItem.DUE_AT))
                    .expressionAttributeValues(Map.of(
                            ":later", TypedItem.number(later.toEpochMilli()),
                            ":until", TypedItem.number(until.toEpochMilli())))));
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        }
    }

    private Optional<Leased> attempt(Tenant tenant, IntegrationId id, Instant now, Instant until, String token) {
        try {
            return Optional.of(leased(
                    Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                                    .key(IntegrationItem.key(tenant, id))
                                    .updateExpression("SET #lease = :token, #dueAt = :until")
                                    .conditionExpression("#state = :active AND #dueAt <= :now")
                                    .expressionAttributeNames(Map.of(
                                            "#lease", IntegrationItem.LEASE,
                                            "#dueAt", IntegrationItem.DUE_AT,
                                            "#state", IntegrationItem.STATE))
                                    .expressionAttributeValues(Map.of(
                                            ":token", AttributeValue.fromS(token),
                                            ":until", TypedItem.number(until.toEpochMilli()),
                                            ":now", TypedItem.number(now.toEpochMilli()),
                                            ":active", AttributeValue.fromS(State.ACTIVE.name())))
                                    .returnValues(ReturnValue.ALL_NEW)
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                            .attributes(),
                    token));
        } catch (TransactionConflictException met) {
            throw new Contention.Met(met);
        } catch (ConditionalCheckFailedException failed) {
            // The SDK repeats a request whose answer got lost, and then finds its own lease.
            return failed.hasItem() && isOwn(failed.item(), token)
                    ? Optional.of(leased(failed.item(), token))
                    : Optional.empty();
        }
    }

    private static boolean isOwn(Map<String, AttributeValue> item, String token) {
        return new TypedItem(item)
                .optionalText(IntegrationItem.LEASE)
                .filter(token::equals)
                .isPresent();
    }

    private static Leased leased(Map<String, AttributeValue> item, String token) {
        return new Leased(IntegrationItem.integration(item), token);
    }
}
