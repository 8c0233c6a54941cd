package dev.sea.integrations.destination;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.Destination.Standing;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DestinationGuard;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Transactions;
import dev.sea.integrations.table.TypedItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * A tenant's destination: one item. A removed one keeps its item without integrations, so that versions and sequences never
 * start again and an old ETag never fits.
 */
@ApplicationScoped
class DestinationStore {
    private static final String SERVING = "serving";
    private static final String SINCE = "since";
    private static final String READY_SINCE = "readySince";
    private static final String SEQUENCE = "sequence";
    private static final String VERSION = "version";
    private static final String UPDATED_AT = "updatedAt";
    private static final String UPDATED_BY = "updatedBy";

    private final IntegrationStore integrations;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Tokens tokens;
    private final String table;

    DestinationStore(
            IntegrationStore integrations, Transactions transactions, Outbox outbox, Tokens tokens, SeaConfig config) {
        this.integrations = integrations;
        this.transactions = transactions;
        this.outbox = outbox;
        this.tokens = tokens;
        this.table = config.table();
    }

    /**
     * The item as it is.
     *
     * @param destination empty where there is none
     * @param version of the item; 0 where there never was one
     */
    record Stored(Optional<Destination> destination, long version, long sequence) {
        static final Stored NEVER = new Stored(Optional.empty(), 0, 0);

        static Stored of(Destination destination) {
            return new Stored(
                    Optional.of(destination),
                    destination.version(),
                    destination.standing().sequence());
        }

        Stored removed() {
            return new Stored(Optional.empty(), version + 1, sequence + 1);
        }
    }

    /**
     * The destination and integrations.
     *
     * @param integrations those of the ones asked for that exist
     */
    record Found(Stored stored, Map<IntegrationId, Integration> integrations) {}

    /**
     * One strongly consistent read.
     *
     * @param ids integrations to read beside it
     */
    Found read(Tenant tenant, Collection<IntegrationId> ids) {
        IntegrationStore.Batch batch = integrations.batch(tenant, ids, DestinationGuard.key(tenant));
        return new Found(stored(tenant, batch.other()), batch.integrations());
    }

    /**
     * Puts a destination in the place of another, provided that nobody changed it in between.
     *
     * @param after its version or sequence is the next one of {@code before}
     * @param change to tell, stored in the same transaction; empty if nobody need know
     * @param conditions of the same transaction
     * @return whether it is written
     * @throws Unavailable when DynamoDB did not answer
     */
    boolean replace(
            Tenant tenant,
            Stored before,
            Stored after,
            Optional<DestinationChange> change,
            List<CompanionItem> conditions) {
        Optional<Outbox.Note> note = change.map(outbox::note);
        List<CompanionItem> others = new ArrayList<>(conditions);
        note.map(Outbox.Note::companion).ifPresent(others::add);
        boolean written = isWritten(tenant, before, after, others);
        if (written) {
            note.ifPresent(outbox::send);
        }
        return written;
    }

    private boolean isWritten(Tenant tenant, Stored before, Stored after, List<CompanionItem> others) {
        String stamp = tokens.next();
        TransactWriteItem item = TransactWriteItem.builder()
                .put(put(tenant, before, after, stamp))
                .build();
        try {
            return transactions.write(item, others, stamp).isEmpty();
        } catch (Unavailable unknown) {
            if (isStamped(tenant, stamp, unknown)) {
                return true;
            }
            throw unknown;
        }
    }

    /** Some writes fail after DynamoDB has carried them out. */
    private boolean isStamped(Tenant tenant, String stamp, Unavailable failure) {
        try {
            return Transactions.isStamped(
                    integrations
                            .batch(tenant, List.of(), DestinationGuard.key(tenant))
                            .other(),
                    stamp);
        } catch (RuntimeException unread) {
            failure.addSuppressed(unread);
            return false;
        }
    }

    private Put put(Tenant tenant, Stored before, Stored after, String stamp) {
        Map<String, AttributeValue> item = new HashMap<>(DestinationGuard.key(tenant));
        TypedItem attributes = new TypedItem(item)
                .number(VERSION, after.version())
                .number(SEQUENCE, after.sequence())
                .text(Transactions.STAMP, stamp);
        after.destination()
                .ifPresent(destination -> attributes
                        .text(DestinationGuard.PRIMARY, destination.primary().value())
                        .text(
                                DestinationGuard.SECONDARY,
                                destination.secondary().map(IntegrationId::value))
                        .text(SERVING, destination.standing().serving().name())
                        .time(SINCE, destination.standing().since())
                        .time(READY_SINCE, destination.standing().readySince())
                        .time(UPDATED_AT, destination.updatedAt())
                        .text(UPDATED_BY, destination.updatedBy()));
        Put.Builder put = Put.builder()
                .tableName(table)
                .item(item)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        return before.version() == 0
                ? put.conditionExpression("attribute_not_exists(PK)").build()
                : put.conditionExpression("#version = :version AND #sequence = :sequence")
                        .expressionAttributeNames(Map.of("#version", VERSION, "#sequence", SEQUENCE))
                        .expressionAttributeValues(Map.of(
                                ":version", TypedItem.number(before.version()),
                                ":sequence", TypedItem.number(before.sequence())))
                        .build();
    }

    private static Stored stored(Tenant tenant, Map<String, AttributeValue> item) {
        if (item.isEmpty()) {
            return Stored.NEVER;
        }
        TypedItem attributes = new TypedItem(item);
        long version = attributes.number(VERSION);
        long sequence = attributes.number(SEQUENCE);
        Function<String, Destination> read = primary -> new Destination(
                tenant,
                new IntegrationId(primary),
                attributes.optionalText(DestinationGuard.SECONDARY).map(IntegrationId::new),
                new Standing(
                        Place.valueOf(attributes.text(SERVING)),
                        attributes.time(SINCE),
                        attributes.optionalTime(READY_SINCE),
                        sequence),
                version,
                attributes.time(UPDATED_AT),
                attributes.text(UPDATED_BY));
        Optional<Destination> destination =
                attributes.optionalText(DestinationGuard.PRIMARY).map(read);
        return new Stored(destination, version, sequence);
    }
}
