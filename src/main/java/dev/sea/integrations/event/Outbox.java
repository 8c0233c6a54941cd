package dev.sea.integrations.event;

import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.table.CompanionItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Changes of health on their way to the bus. Each event is stored in the transaction that changes the record, so that none
 * is lost and none is sent of a change that did not happen. It is sent at once if possible, otherwise by the next sweep:
 * at least once.
 */
@ApplicationScoped
public class Outbox {
    /** The request that stored a younger event may be sending it at this moment. */
    private static final Duration SENT_BY_WRITER = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    private final OutboxStore store;
    private final HealthEventBus bus;
    private final Metrics metrics;
    private final InstantSource time;

    Outbox(OutboxStore store, HealthEventBus bus, Metrics metrics, InstantSource time) {
        this.store = store;
        this.bus = bus;
        this.metrics = metrics;
        this.time = time;
    }

    /** An event to store with the record and then send. */
    public static final class Note {
        private final HealthChange change;
        private final OutboxStore.Pending pending;
        private final CompanionItem companion;

        private Note(HealthChange change, OutboxStore.Pending pending, CompanionItem companion) {
            this.change = change;
            this.pending = pending;
            this.companion = companion;
        }

        /** Part of the transaction that changes the record. */
        public CompanionItem companion() {
            return companion;
        }
    }

    /** The event of a change, to be stored and then sent. */
    public Note note(HealthChange change) {
        OutboxStore.Pending pending = store.of(change);
        TransactWriteItem write =
                TransactWriteItem.builder().put(store.put(pending)).build();
        return new Note(change, pending, new CompanionItem(write, ChangedMeanwhile::new));
    }

    /** Sends an event that is stored. If that fails, the next sweep sends it. */
    public void send(Note note) {
        HealthChange change = note.change;
        LOG.infof("health of %s: %s -> %s", change.integration(), change.from(), change.to());
        metrics.healthChanged(change.to());
        try {
            sent(List.of(note.pending));
        } catch (Unavailable later) {
            LOG.warnf(later, "event of %s will be sent twice", change.integration());
        }
    }

    /** Sends what waits in a partition, until nothing is left or the bus refuses one. Returns how many the bus took. */
    public int drain(int partition) {
        int count = 0;
        String after = " ";
        while (true) {
            List<OutboxStore.Pending> page = store.pending(partition, after, HealthEventBus.MOST_AT_ONCE);
            List<OutboxStore.Pending> due =
                    page.stream().filter(this::isLeftOver).toList();
            int sent = due.isEmpty() ? 0 : sent(due);
            count += sent;
            if (page.size() < HealthEventBus.MOST_AT_ONCE || sent < due.size()) {
                return count;
            }
            after = page.getLast().key();
        }
    }

    private boolean isLeftOver(OutboxStore.Pending pending) {
        return !pending.changedAt().plus(SENT_BY_WRITER).isAfter(time.instant());
    }

    private int sent(List<OutboxStore.Pending> pending) {
        List<OutboxStore.Pending> taken = bus.taken(pending);
        taken.forEach(store::remove);
        return taken.size();
    }
}
