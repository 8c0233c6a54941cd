package dev.sea.integrations.evidence;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.grant.GrantId;
import dev.sea.integrations.grant.GrantItem;
import dev.sea.integrations.grant.NoSuchGrant;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Changes;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.QueryPage;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.Transactions;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Grants and their outcomes, as stored: one item for each grant, which is kept for 90 days after its outcome. Missing ones have
 * a copy {@code MISSING#<integration>#<grant>}, so that they are found among any number of others.
 */
@ApplicationScoped
class TrackedGrantStore {
    /** How long an outcome is kept. */
    static final Duration KEPT = Duration.ofDays(90);

    /** The most items that a filtered page reads: 500 of about 900 bytes, well below the 1 MB that a Query returns. */
    private static final int FILTERED = 500;

    private static final String GRANTS = "GRANT#";
    private static final String MISSING = "MISSING#";
    private static final String COPY = "grant";
    private static final String GRANTED_AT = "grantedAt";
    private static final Logger LOG = Logger.getLogger(TrackedGrantStore.class);

    private final DynamoDbClient dynamo;
    private final String table;
    private final Transactions transactions;
    private final InstantSource time;

    TrackedGrantStore(DynamoDbClient dynamo, SeaConfig config, Transactions transactions, InstantSource time) {
        this.dynamo = dynamo;
        this.table = config.table();
        this.transactions = transactions;
        this.time = time;
    }

    /**
     * One strongly consistent read.
     *
     * @throws NoSuchGrant where the integration has no such grant to record
     */
    TrackedGrant get(Tenant tenant, IntegrationId integration, GrantId id) {
        Map<String, AttributeValue> item = Availability.required(
                        () -> dynamo.getItem(request -> request.tableName(table)
                                .key(GrantItem.key(tenant, integration, id))
                                .consistentRead(true)))
                .item();
        return Optional.of(item)
                .filter(there -> !there.isEmpty())
                .map(TrackedGrantItem::tracked)
                .orElseThrow(NoSuchGrant::new);
    }

    /**
     * Writes an outcome with all that changes with it, and ends any lease.
     *
     * @param lease the sweep's, which must still hold it; empty for an outcome that was told
     * @return empty when it is written; otherwise the grant as it is now
     */
    Optional<TrackedGrant> settle(
            TrackedGrant before, TrackedGrant after, Optional<String> lease, List<CompanionItem> others, String stamp) {
        List<CompanionItem> all = new ArrayList<>(others);
        if (after.state() == GrantState.MISSING) {
            all.add(new CompanionItem(missing(after), IllegalStateException::new));
        }
        Update update = update(before, after, lease, stamp);
        return transactions
                .write(TransactWriteItem.builder().update(update).build(), all, stamp)
                .map(TrackedGrantItem::tracked);
    }

    private Update update(TrackedGrant before, TrackedGrant after, Optional<String> lease, String stamp) {
        Map<String, AttributeValue> set = new HashMap<>(TrackedGrantItem.outcome(after));
        new TypedItem(set).text(Transactions.STAMP, stamp).number(TrackedGrantItem.TTL, ttl(after));
        Set<String> removed = new HashSet<>(TrackedGrantItem.outcome(before).keySet());
        removed.addAll(List.of(TrackedGrantItem.LEASE));
        if (after.dueAt().isEmpty()) {
            removed.addAll(List.of(TrackedGrantItem.DUE_AT, TrackedGrantItem.DUE_PARTITION));
        }
        removed.removeAll(set.keySet());
        Changes changes = new Changes()
                .set(set)
                .remove(removed)
                .with("before", AttributeValue.fromS(before.state().name()));
        String condition = "#state = :before AND ";
        condition += before.stamp().isPresent() ? "#stamp = :last" : "attribute_not_exists(#stamp)";
        before.stamp().ifPresent(last -> changes.with("last", AttributeValue.fromS(last)));
        if (lease.isPresent()) {
            condition += " AND #lease = :lease";
            changes.with("lease", AttributeValue.fromS(lease.get()));
        }
        return changes.update()
                .tableName(table)
                .key(key(before))
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    /** The whole grant once more, since a missing one never changes again. */
    private TransactWriteItem missing(TrackedGrant grant) {
        Map<String, AttributeValue> copy = new HashMap<>(GrantItem.open(grant.grant()));
        copy.putAll(TrackedGrantItem.outcome(grant));
        copy.keySet().removeAll(List.of(TrackedGrantItem.DUE_AT, TrackedGrantItem.DUE_PARTITION));
        String place =
                MISSING + grant.grant().integration() + "#" + grant.grant().id();
        Map<String, AttributeValue> item =
                new HashMap<>(TableKey.of(grant.grant().tenant(), place));
        item.put(COPY, AttributeValue.fromM(copy));
        new TypedItem(item).number(TrackedGrantItem.TTL, ttl(grant));
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(item).build())
                .build();
    }

    /**
     * A page.
     *
     * @param next the ID of the grant that the following page starts after; empty on the last one
     */
    record Page(List<TrackedGrant> grants, Optional<String> next) {}

    /**
     * One Query, the newest grants first. With a state other than MISSING it filters what the Query has read, so a page may be
     * short, even empty, although there are more. Leaves out those whose time is over, which DynamoDB may take days to remove.
     */
    Page page(Tenant tenant, IntegrationId integration, Optional<GrantState> state, Optional<String> after, int limit) {
        boolean missing = state.equals(Optional.of(GrantState.MISSING));
        String start = (missing ? MISSING : GRANTS) + integration + "#";
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":tenant", AttributeValue.fromS(TableKey.ofTenant(tenant)), ":start", AttributeValue.fromS(start)));
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("PK = :tenant AND begins_with(SK, :start)")
                .scanIndexForward(false)
                .consistentRead(true)
                // One more than asked for shows whether there is a next page.
                .limit(limit + 1);
        after.ifPresent(id -> query.exclusiveStartKey(TableKey.of(tenant, start + id)));
        state.filter(_ -> !missing).ifPresent(wanted -> {
            values.put(":state", AttributeValue.fromS(wanted.name()));
            query.filterExpression("#state = :state")
                    .expressionAttributeNames(Map.of("#state", GrantItem.STATE))
                    .limit(FILTERED);
        });
        query.expressionAttributeValues(values);
        QueryPage page = QueryPage.of(Availability.required(() -> dynamo.query(query.build())), limit);
        long now = time.instant().getEpochSecond();
        return new Page(
                page.items().stream()
                        .filter(item -> isKept(new TypedItem(item), now))
                        .map(item -> missing ? new TypedItem(item).map(COPY).attributes() : item)
                        .flatMap(item -> readable(item).stream())
                        .toList(),
                page.last().map(item -> new TypedItem(item).text(TableKey.SK).substring(start.length())));
    }

    private static long ttl(TrackedGrant settled) {
        return settled.settledAt().orElseThrow().plus(KEPT).getEpochSecond();
    }

    private static boolean isKept(TypedItem item, long now) {
        return !item.has(TrackedGrantItem.TTL) || item.number(TrackedGrantItem.TTL) > now;
    }

    /** Empty if it cannot be read: the others can. */
    private static Optional<TrackedGrant> readable(Map<String, AttributeValue> item) {
        try {
            return Optional.of(TrackedGrantItem.tracked(item));
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "the grant %s cannot be read", new TypedItem(item).text(TableKey.SK));
            return Optional.empty();
        }
    }

    /**
     * How many grants of each day are open, by one Query over those that may be: the IDs of grants sort by time.
     *
     * @param since the oldest that may be open
     */
    Map<LocalDate, Long> open(Tenant tenant, IntegrationId integration, Instant since) {
        String start = GRANTS + integration + "#";
        return Availability.required(() -> dynamo
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("PK = :tenant AND SK BETWEEN :from AND :to")
                        .filterExpression("#state = :open")
                        .projectionExpression("#grantedAt")
                        .expressionAttributeNames(Map.of("#state", GrantItem.STATE, "#grantedAt", GRANTED_AT))
                        .expressionAttributeValues(Map.of(
                                ":tenant", AttributeValue.fromS(TableKey.ofTenant(tenant)),
                                ":from", AttributeValue.fromS(start + GrantId.earliest(since)),
                                ":to", AttributeValue.fromS(start + "~"),
                                ":open", AttributeValue.fromS(GrantItem.OPEN)))
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> TrackedGrant.dayOf(new TypedItem(item).time(GRANTED_AT)))
                .collect(Collectors.groupingBy(day -> day, Collectors.counting())));
    }

    private static Map<String, AttributeValue> key(TrackedGrant grant) {
        RecordGrant granted = grant.grant();
        return GrantItem.key(granted.tenant(), granted.integration(), granted.id());
    }
}
