package dev.sea.integrations.integration;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.Availability;
import dev.sea.integrations.aws.Contention;
import dev.sea.integrations.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Stores a new record in one transaction with all that must hold with it: its name is free, its external ID nobody
 * else's, the tenant below its limit, its secret not being removed.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">
 *     TransactWriteItems</a>
 */
@ApplicationScoped
class NewIntegrationStore {
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");
    private static final String COUNT = "integrations";

    private final DynamoDbClient dynamo;
    private final SeaConfig config;
    private final ExternalIdClaimStore claims;
    private final SecretMarkerStore markers;
    private final Contention contention;

    NewIntegrationStore(
            DynamoDbClient dynamo,
            SeaConfig config,
            ExternalIdClaimStore claims,
            SecretMarkerStore markers,
            Contention contention) {
        this.dynamo = dynamo;
        this.config = config;
        this.claims = claims;
        this.markers = markers;
        this.contention = contention;
    }

    /**
     * Stores it.
     *
     * @param stamp random; also the token by which DynamoDB knows the request again for 10 minutes
     * @throws NameTaken where the tenant has the name already
     * @throws ExternalIdRefused where another tenant holds the external ID
     * @throws LimitReached where the tenant has its integrations
     */
    void store(Integration integration, String stamp) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(
                        write(put(IntegrationItem.of(integration, stamp))
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)),
                        write(put(nameClaim(integration))),
                        TransactWriteItem.builder().update(oneMore(integration)).build(),
                        ofAccess(integration))
                .clientRequestToken(stamp)
                .build();
        contention.settled(() -> {
            attempt(request, integration.access(), stamp);
            return stamp;
        });
    }

    private TransactWriteItem ofAccess(Integration integration) {
        TransactWriteItem.Builder write = TransactWriteItem.builder();
        return switch (integration.access()) {
            case Access.AssumedRole role ->
                write.update(claims.use(integration.tenant(), role.externalId()))
                        .build();
            case Access.StoredKeys keys ->
                write.delete(markers.settled(keys.secretName())).build();
        };
    }

    /** What is wrong when the condition of the write at this place in the transaction fails. */
    private ProblemException refusal(int place, Access access) {
        return switch (place) {
            case 1 -> new NameTaken();
            case 2 -> new LimitReached(config.limits().integrations());
            case 3 ->
                switch (access) {
                    case Access.AssumedRole _ -> new ExternalIdRefused();
                    case Access.StoredKeys _ -> new ChangedMeanwhile();
                };
            default -> new ChangedMeanwhile();
        };
    }

    private Put.Builder put(Map<String, AttributeValue> item) {
        return Put.builder().tableName(config.table()).item(item).conditionExpression("attribute_not_exists(PK)");
    }

    private static TransactWriteItem write(Put.Builder put) {
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private static Map<String, AttributeValue> nameClaim(Integration integration) {
        Map<String, AttributeValue> item = new HashMap<>(IntegrationItem.key(
                IntegrationItem.tenantKey(integration.tenant()),
                "NAME#" + integration.name().claim()));
        new TypedItem(item).text("integration", integration.id().value());
        return item;
    }

    private Update oneMore(Integration integration) {
        return Update.builder()
                .tableName(config.table())
                .key(IntegrationItem.key(IntegrationItem.tenantKey(integration.tenant()), "COUNT"))
                .updateExpression("ADD #count :one")
                .conditionExpression("attribute_not_exists(#count) OR #count < :limit")
                .expressionAttributeNames(Map.of("#count", COUNT))
                .expressionAttributeValues(Map.of(
                        ":one", AttributeValue.fromN("1"),
                        ":limit",
                                AttributeValue.fromN(
                                        Integer.toString(config.limits().integrations()))))
                .build();
    }

    private void attempt(TransactWriteItemsRequest request, Access access, String stamp) {
        try {
            Availability.required(() -> dynamo.transactWriteItems(request));
        } catch (TransactionInProgressException ownFirstAttempt) {
            throw new Contention.Met(ownFirstAttempt);
        } catch (TransactionCanceledException cancelled) {
            List<CancellationReason> reasons = cancelled.cancellationReasons();
            if (isOwnWork(reasons, stamp)) {
                return;
            }
            for (int place = 0; place < reasons.size(); place++) {
                if (CONDITION.equals(reasons.get(place).code())) {
                    throw refusal(place, access);
                }
            }
            if (reasons.stream().map(CancellationReason::code).anyMatch(PASSING::contains)) {
                throw new Contention.Met(cancelled);
            }
            throw cancelled;
        }
    }

    /** The SDK repeated a request whose first answer got lost, and met what it had written itself. */
    private static boolean isOwnWork(List<CancellationReason> reasons, String stamp) {
        return !reasons.isEmpty()
                && reasons.getFirst().hasItem()
                && new TypedItem(reasons.getFirst().item())
                        .optionalText(IntegrationItem.STAMP)
                        .filter(stamp::equals)
                        .isPresent();
    }
}
