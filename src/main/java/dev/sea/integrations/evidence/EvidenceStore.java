package dev.sea.integrations.evidence;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.lifecycle.EarlierRecordings;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Changes;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The outcomes of each day's grants, counted in an item {@code EVIDENCE#<integration>#<day>}. It is written in the transaction
 * that settles a grant and no other way, so no outcome is counted twice and none is forgotten.
 */
@ApplicationScoped
class EvidenceStore implements EarlierRecordings {
    /** The most days that evidence is asked for. */
    static final int MOST_DAYS = 90;

    /** A day's grants are settled until a week after; then it is shown for 90 days. */
    private static final Duration KEPT = Duration.ofDays(MOST_DAYS + 10);

    private static final String BYTES = "bytes";
    private static final String LAST_STORED = "lastStoredAt";

    /** With the target's revision: the key of the day's last receipt there. */
    private static final String RECEIPT = "receipt";

    private final DynamoDbClient dynamo;
    private final String table;

    EvidenceStore(DynamoDbClient dynamo, SeaConfig config) {
        this.dynamo = dynamo;
        this.table = config.table();
    }

    /**
     * What became of the grants of one day, without those that are open.
     *
     * @param bytes that are stored
     * @param lastStored when a receipt was last given
     */
    record Day(long stored, long failed, long missing, long unverified, long bytes, Optional<Instant> lastStored) {
        static final Day EMPTY = new Day(0, 0, 0, 0, 0, Optional.empty());
    }

    /** Part of the transaction that settles a grant; empty where the count does not change. */
    Optional<CompanionItem> counted(TrackedGrant before, TrackedGrant after) {
        if (before.state() == after.state()) {
            return Optional.empty();
        }
        Map<String, AttributeValue> set = new HashMap<>();
        TypedItem attributes = new TypedItem(set)
                .number(
                        "ttl",
                        after.day()
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                                .plus(KEPT)
                                .getEpochSecond());
        Changes changes = new Changes();
        counter(before).ifPresent(name -> changes.add(name, -1));
        counter(after).ifPresent(name -> changes.add(name, 1));
        if (after.state() == GrantState.STORED) {
            changes.add(BYTES, after.grant().contentLength());
            attributes
                    .time(LAST_STORED, after.settledAt().orElseThrow())
                    .text(
                            RECEIPT + after.grant().targetRevision(),
                            after.grant().location().key());
        }
        Update update = changes.set(set)
                .update()
                .tableName(table)
                .key(TableKey.of(after.grant().tenant(), start(after.grant().integration()) + after.day()))
                .build();
        return Optional.of(
                new CompanionItem(TransactWriteItem.builder().update(update).build(), IllegalStateException::new));
    }

    private static Optional<String> counter(TrackedGrant grant) {
        return grant.state() == GrantState.OPEN
                ? Optional.empty()
                : Optional.of(grant.state().name().toLowerCase(Locale.ROOT));
    }

    /** The days from one to another that have any, by one Query. */
    Map<LocalDate, Day> days(Tenant tenant, IntegrationId integration, LocalDate from, LocalDate to) {
        String start = start(integration);
        return items(tenant, start + from, start + to)
                .collect(Collectors.toMap(
                        day -> LocalDate.parse(day.text(TableKey.SK).substring(start.length())), EvidenceStore::day));
    }

    @Override
    public Map<Long, String> lastKeys(Tenant tenant, IntegrationId integration) {
        Map<Long, String> keys = new HashMap<>();
        // The days sort by date, so a later one replaces what an earlier one said.
        items(tenant, start(integration), start(integration) + "~")
                .forEach(day -> day.attributes().forEach((name, value) -> {
                    if (name.startsWith(RECEIPT)) {
                        keys.put(Long.valueOf(name.substring(RECEIPT.length())), value.s());
                    }
                }));
        return keys;
    }

    private Stream<TypedItem> items(Tenant tenant, String from, String to) {
        return Availability.required(() -> dynamo
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("PK = :tenant AND SK BETWEEN :from AND :to")
                        .expressionAttributeValues(Map.of(
                                ":tenant", AttributeValue.fromS(TableKey.ofTenant(tenant)),
                                ":from", AttributeValue.fromS(from),
                                ":to", AttributeValue.fromS(to)))
                        .consistentRead(true))
                .items()
                .stream()
                .map(TypedItem::new)
                .toList()
                .stream());
    }

    private static Day day(TypedItem day) {
        return new Day(
                count(day, "stored"),
                count(day, "failed"),
                count(day, "missing"),
                count(day, "unverified"),
                count(day, BYTES),
                day.optionalTime(LAST_STORED));
    }

    private static long count(TypedItem day, String name) {
        return day.has(name) ? day.number(name) : 0;
    }

    private static String start(IntegrationId integration) {
        return "EVIDENCE#" + integration + "#";
    }
}
