package dev.sea.integrations.lifecycle;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Limits the proofs that a tenant asks for: so many in a minute, and so many at a time, since one proof makes a dozen calls to
 * AWS, all tenants share STS's quota, and a denied one holds its function for seconds. One item for each tenant holds the
 * count of the minute and a place for each proof that runs. One conditional update takes a place, two at the first proof of a
 * busy minute; one more gives it back.
 */
@ApplicationScoped
class ProofQuotaStore {
    /** Twice what a Lambda invocation may last: a proof that has not given its place back by then has crashed. */
    private static final Duration LONGEST_PROOF = Duration.ofSeconds(60);

    /** About half of what a proof that waits for IAM takes. */
    private static final Duration UNTIL_A_PLACE_IS_FREE = Duration.ofSeconds(5);

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 5;
    private static final String SK = "PROOFS";
    private static final String MINUTE = "minute";
    private static final String COUNT = "count";
    private static final String RUNNING = "running";
    private static final String TTL = "ttl";

    private static final Logger LOG = Logger.getLogger(ProofQuotaStore.class);

    private final DynamoDbClient dynamo;
    private final String table;
    private final int perMinute;
    private final int atATime;
    private final Tokens tokens;
    private final InstantSource time;

    ProofQuotaStore(DynamoDbClient dynamo, SeaConfig config, Tokens tokens, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.perMinute = config.limits()
                .draftValidationsPerMinute()
                .orElse(config.limits().validationsPerMinute());
        this.atATime = config.limits().validationsAtATime();
        this.tokens = tokens;
        this.time = time;
    }

    /** The right to one proof, to be given back when it ends. */
    record Place(Tenant tenant, String text) {

        private static final char END_OF_TIME = '#';

        static Place until(Instant end, Tenant tenant, String token) {
            return new Place(tenant, end.toEpochMilli() + String.valueOf(END_OF_TIME) + token);
        }

        static boolean isOver(String text, Instant now) {
            return Long.parseLong(text.substring(0, text.indexOf(END_OF_TIME))) <= now.toEpochMilli();
        }
    }

    /** Whether the tenant's minute is a new one, which starts the count anew. */
    private enum Minute {
        NEW(
                "SET #minute = :minute, #count = :one, #ttl = :ttl ADD #running :place",
                "(attribute_not_exists(#minute) OR #minute < :minute)"),
        CURRENT("ADD #count :one, #running :place SET #ttl = :ttl", "#minute >= :minute AND #count < :perMinute");

        private final String update;
        private final String condition;

        Minute(String update, String condition) {
            this.update = update;
            this.condition = condition + " AND (attribute_not_exists(#running) OR size(#running) < :atATime)";
        }
    }

    /**
     * Takes a place; empty where there is no limit.
     *
     * @throws TooManyValidations when the tenant has reached one of its limits
     */
    Optional<Place> take(Tenant tenant) {
        if (perMinute == 0 && atATime == 0) {
            return Optional.empty();
        }
        Instant now = time.instant();
        Place place = Place.until(now.plus(LONGEST_PROOF), tenant, tokens.next());
        Minute minute = Minute.NEW;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<TypedItem> refused = attempt(place, now, minute);
            if (refused.isEmpty()) {
                return Optional.of(place);
            }
            minute = next(place, refused.get(), now);
        }
        throw new TooManyValidations(atATime + " validations at a time", UNTIL_A_PLACE_IS_FREE);
    }

    /** Empty when the place is taken; otherwise the item as it is. */
    private Optional<TypedItem> attempt(Place place, Instant now, Minute minute) {
        Map<String, String> names =
                new HashMap<>(Map.of("#minute", MINUTE, "#count", COUNT, "#running", RUNNING, "#ttl", TTL));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":minute", TypedItem.number(minuteOf(now).getEpochSecond()),
                ":one", TypedItem.number(1),
                ":place", AttributeValue.fromSs(List.of(place.text())),
                ":atATime", TypedItem.number(limit(atATime)),
                ":ttl", TypedItem.number(now.plus(KEPT).getEpochSecond())));
        if (minute == Minute.CURRENT) {
            values.put(":perMinute", TypedItem.number(limit(perMinute)));
        }
        try {
            Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                    .key(TableKey.of(place.tenant(), SK))
                    .updateExpression(minute.update)
                    .conditionExpression(minute.condition)
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return Optional.empty();
        } catch (ConditionalCheckFailedException refused) {
            // The SDK repeats an update whose answer got lost, and then finds its own place.
            return running(refused.item()).contains(place.text())
                    ? Optional.empty()
                    : Optional.of(new TypedItem(refused.item()));
        }
    }

    /** Which attempt comes next, after places of crashed proofs are removed. */
    private Minute next(Place place, TypedItem found, Instant now) {
        List<String> running = found.texts(RUNNING, List.of());
        if (atATime != 0 && running.size() >= atATime) {
            List<String> over =
                    running.stream().filter(text -> Place.isOver(text, now)).toList();
            if (over.isEmpty()) {
                throw new TooManyValidations(atATime + " validations at a time", UNTIL_A_PLACE_IS_FREE);
            }
            remove(place.tenant(), over);
        }
        boolean current =
                found.has(MINUTE) && found.number(MINUTE) >= minuteOf(now).getEpochSecond();
        if (current && perMinute != 0 && found.number(COUNT) >= perMinute) {
            Duration left = Duration.between(now, minuteOf(now).plus(1, ChronoUnit.MINUTES));
            throw new TooManyValidations(
                    perMinute + " validations a minute", left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
        }
        return current ? Minute.CURRENT : Minute.NEW;
    }

    /** Gives a place back. If that fails, it is free again after {@link #LONGEST_PROOF}. */
    void giveBack(Place place) {
        try {
            remove(place.tenant(), List.of(place.text()));
        } catch (Unavailable later) {
            LOG.warnf(later, "a tenant's place for a validation is free again only in a minute");
        }
    }

    private void remove(Tenant tenant, List<String> places) {
        Availability.required(() -> dynamo.updateItem(request -> request.tableName(table)
                .key(TableKey.of(tenant, SK))
                .updateExpression("DELETE #running :places")
                .expressionAttributeNames(Map.of("#running", RUNNING))
                .expressionAttributeValues(Map.of(":places", AttributeValue.fromSs(places)))));
    }

    private static List<String> running(Map<String, AttributeValue> item) {
        return new TypedItem(item).texts(RUNNING, List.of());
    }

    private static Instant minuteOf(Instant now) {
        return now.truncatedTo(ChronoUnit.MINUTES);
    }

    /** 0 is no limit. */
    private static int limit(int configured) {
        return configured == 0 ? Integer.MAX_VALUE : configured;
    }
}
