package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Limits the external IDs that are reserved for a tenant. One item for each tenant holds the set of them.
 *
 * <p>One conditional update takes a place; DynamoDB puts such updates in order, where transactions would refuse each other.
 * Used and expired IDs leave the set when their place is needed, so that nothing else has to know of the set.
 */
@ApplicationScoped
class ReservationStore {
    private static final String SK = "EXTIDS";
    private static final String RESERVED = "reserved";
    private static final int ATTEMPTS = 5;

    private final DynamoDbClient dynamo;
    private final String table;
    private final int limit;
    private final ExternalIdClaimStore claims;
    private final InstantSource time;

    ReservationStore(DynamoDbClient dynamo, SeaConfig config, ExternalIdClaimStore claims, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.limit = config.limits().reservedExternalIds();
        this.claims = claims;
        this.time = time;
    }

    /**
     * Takes a place in the set.
     *
     * @throws TooManyReservations where the tenant has as many unused IDs as it may
     */
    void take(Tenant tenant, ExpiringId reservation) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<List<ExpiringId>> full = add(tenant, reservation);
            if (full.isEmpty()) {
                return;
            }
            List<ExpiringId> removable = removable(full.get());
            if (removable.isEmpty()) {
                break;
            }
            remove(tenant, removable);
        }
        throw new TooManyReservations(limit);
    }

    /** Those that are not over, in the order of their ends. Some may be used by now. One strongly consistent read. */
    List<ExpiringId> all(Tenant tenant) {
        Instant now = time.instant();
        Map<String, AttributeValue> item = Availability.required(() -> dynamo.getItem(
                        get -> get.tableName(table).key(key(tenant)).consistentRead(true)))
                .item();
        return read(item).stream()
                .filter(reservation -> !reservation.isOver(now))
                .sorted(Comparator.comparing(ExpiringId::until).thenComparing(ExpiringId::hash))
                .toList();
    }

    private static List<ExpiringId> read(Map<String, AttributeValue> item) {
        return item.getOrDefault(RESERVED, AttributeValue.fromSs(List.of())).ss().stream()
                .map(ExpiringId::read)
                .toList();
    }

    /** Empty when it was added; the whole set when that is full. */
    private Optional<List<ExpiringId>> add(Tenant tenant, ExpiringId reservation) {
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(key(tenant))
                    .updateExpression("ADD #reserved :one")
                    // The last part: the SDK may find its own first attempt.
                    .conditionExpression("attribute_not_exists(#reserved) OR size(#reserved) < :limit"
                            + " OR contains(#reserved, :itself)")
                    .expressionAttributeNames(Map.of("#reserved", RESERVED))
                    .expressionAttributeValues(Map.of(
                            ":one", AttributeValue.fromSs(List.of(reservation.text())),
                            ":itself", AttributeValue.fromS(reservation.text()),
                            ":limit", TypedItem.number(limit)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return Optional.empty();
        } catch (ConditionalCheckFailedException full) {
            return Optional.of(read(full.item()));
        }
    }

    private void remove(Tenant tenant, List<ExpiringId> removable) {
        List<String> texts = removable.stream().map(ExpiringId::text).toList();
        Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                .key(key(tenant))
                .updateExpression("DELETE #reserved :removable")
                .expressionAttributeNames(Map.of("#reserved", RESERVED))
                .expressionAttributeValues(Map.of(":removable", AttributeValue.fromSs(texts)))));
    }

    /** Those that have expired or, if none has, those that are used. Only then are the claims read. */
    private List<ExpiringId> removable(List<ExpiringId> all) {
        Instant now = time.instant();
        List<ExpiringId> over =
                all.stream().filter(reservation -> reservation.isOver(now)).toList();
        return over.isEmpty() ? used(all) : over;
    }

    /** Reads the claims one by one, and only for a tenant that has no place left. */
    private List<ExpiringId> used(List<ExpiringId> all) {
        return all.stream()
                .filter(reservation -> claims.isSettled(reservation.hash()))
                .toList();
    }

    private static Map<String, AttributeValue> key(Tenant tenant) {
        return TableKey.of(tenant, SK);
    }
}
