package dev.sea.integrations.lifecycle;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Counts a tenant's validations of drafts, in one item a minute: a draft makes a dozen calls to AWS, and all tenants share
 * STS's quota. Around the turn of a minute a tenant may make twice the number in a short time, which does no harm.
 */
@ApplicationScoped
class DraftQuotaStore {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final DynamoDbClient dynamo;
    private final String table;
    private final int limit;
    private final InstantSource time;

    DraftQuotaStore(DynamoDbClient dynamo, SeaConfig config, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.limit = config.limits().draftValidationsPerMinute();
        this.time = time;
    }

    /**
     * Counts one more.
     *
     * @throws TooManyValidations when the tenant has reached its number
     */
    void take(Tenant tenant) {
        if (limit == 0) {
            return;
        }
        Instant now = time.instant();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(TableKey.of(tenant, "DRAFTS#" + minute.getEpochSecond()))
                    .updateExpression("ADD #count :one SET #ttl = :ttl")
                    .conditionExpression("attribute_not_exists(#count) OR #count < :limit")
                    .expressionAttributeNames(Map.of("#count", "count", "#ttl", "ttl"))
                    .expressionAttributeValues(Map.of(
                            ":one", TypedItem.number(1),
                            ":limit", TypedItem.number(limit),
                            ":ttl", TypedItem.number(minute.plus(KEPT).getEpochSecond())))));
        } catch (ConditionalCheckFailedException used) {
            Duration left = Duration.between(now, minute.plus(1, ChronoUnit.MINUTES));
            throw new TooManyValidations(limit, left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
