package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Which external IDs a tenant has tried against an AWS account: an item for each, with the set of them. Somebody who knows the
 * ID need not guess, so few tries are enough. Three calls at most unless others interfere; none for an ID that is the tenant's
 * own.
 */
@ApplicationScoped
class TriedIdStore {
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final int ATTEMPTS = 5;
    private static final String TRIED = "tried";

    private final DynamoDbClient dynamo;
    private final String table;
    private final int limit;
    private final InstantSource time;

    TriedIdStore(DynamoDbClient dynamo, SeaConfig config, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.limit = config.limits().externalIdsPerAccount();
        this.time = time;
    }

    /**
     * Counts a try, unless the same ID was counted within the last 24 hours.
     *
     * @throws TooManyExternalIds when the tenant has tried as many as it may
     */
    void count(Tenant tenant, AccountId account, ExternalId externalId) {
        if (limit == 0) {
            return;
        }
        Map<String, AttributeValue> key = TableKey.of(tenant, "TRIED#" + account.value());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isCounted(key, ExpiringId.of(externalId, time.instant().plus(REMEMBERED)))) {
                return;
            }
        }
        throw new TooManyExternalIds(limit, Duration.ofSeconds(1));
    }

    private boolean isCounted(Map<String, AttributeValue> key, ExpiringId tried) {
        Instant now = time.instant();
        List<ExpiringId> all = read(key);
        List<ExpiringId> over = all.stream().filter(id -> id.isOver(now)).toList();
        List<ExpiringId> remembered = all.stream().filter(id -> !id.isOver(now)).toList();
        if (remembered.stream().anyMatch(id -> id.hash().equals(tried.hash()))) {
            return true;
        }
        if (remembered.size() >= limit) {
            Instant first = remembered.stream()
                    .map(ExpiringId::until)
                    .min(Comparator.naturalOrder())
                    .orElse(now);
            throw new TooManyExternalIds(limit, Duration.between(now, first));
        }
        if (!over.isEmpty()) {
            update(key, "DELETE #tried :ids", over);
        }
        return update(key, "ADD #tried :ids", List.of(tried));
    }

    private List<ExpiringId> read(Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = Availability.required(() -> dynamo.getItem(
                        request -> request.tableName(table).key(key).consistentRead(true)))
                .item();
        return new TypedItem(item)
                .texts(TRIED, List.of()).stream().map(ExpiringId::read).toList();
    }

    /** False when others have filled the set meanwhile. */
    private boolean update(Map<String, AttributeValue> key, String expression, List<ExpiringId> ids) {
        List<String> texts = ids.stream().map(ExpiringId::text).toList();
        boolean adds = expression.startsWith("ADD");
        try {
            Availability.required(() -> dynamo.updateItem(request -> {
                request.tableName(table)
                        .key(key)
                        .updateExpression(expression)
                        .expressionAttributeNames(Map.of("#tried", TRIED))
                        .expressionAttributeValues(
                                adds
                                        ? Map.of(
                                                ":ids", AttributeValue.fromSs(texts), ":limit", TypedItem.number(limit))
                                        : Map.of(":ids", AttributeValue.fromSs(texts)));
                if (adds) {
                    request.conditionExpression("attribute_not_exists(#tried) OR size(#tried) < :limit");
                }
            }));
            return true;
        } catch (ConditionalCheckFailedException full) {
            return false;
        }
    }
}
