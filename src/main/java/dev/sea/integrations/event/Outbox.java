package dev.sea.integrations.event;

import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.table.CompanionItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Events on their way to the bus. Each is stored in the transaction of the change that it tells of, so that none is lost and
 * none is sent of a change that did not happen. It is sent at once if possible, otherwise by the next sweep: at least once.
 */
@ApplicationScoped
public class Outbox {
    /** The request that stored a younger event may be sending it at this moment. */
    private static final Duration SENT_BY_WRITER = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    private final OutboxStore store;
    private final EventBus bus;
    private final Metrics metrics;
    private final Event<BusEvent> observers;
    private final InstantSource time;

    Outbox(OutboxStore store, EventBus bus, Metrics metrics, Event<BusEvent> observers, InstantSource time) {
        this.store = store;
        this.bus = bus;
        this.metrics = metrics;
        this.observers = observers;
        this.time = time;
    }

    /** An event to store with its change and then send. */
    public static final class Note {
        private final BusEvent event;
        private final OutboxStore.Pending pending;
        private final CompanionItem companion;

        private Note(BusEvent event, OutboxStore.Pending pending, CompanionItem companion) {
            this.event = event;
            this.pending = pending;
            this.companion = companion;
        }

        /** Part of the transaction of the change. */
        public CompanionItem companion() {
            return companion;
        }
    }

    /** The event, to be stored and then sent. */
    public Note note(BusEvent event) {
        OutboxStore.Pending pending = store.of(event);
        TransactWriteItem write =
                TransactWriteItem.builder().put(store.put(pending)).build();
        return new Note(event, pending, new CompanionItem(write, ChangedMeanwhile::new));
    }

    /**
     * Sends an event that is stored, to observers in the service as well. If the bus does not take it, the next sweep sends
     * it.
     */
    public void send(Note note) {
        LOG.info(note.event.logLine());
        note.event.count(metrics);
        try {
            sent(List.of(note.pending));
        } catch (Unavailable later) {
            LOG.warnf(later, "event of %s will be sent twice", note.event.integration());
        }
        observers.fire(note.event);
    }

    /** Sends what waits in a partition, until nothing is left or the bus refuses one. Returns how many the bus took. */
    public int drain(int partition) {
        int count = 0;
        String after = " ";
        while (true) {
            List<OutboxStore.Pending> page = store.pending(partition, after, EventBus.MOST_AT_ONCE);
            List<OutboxStore.Pending> due =
                    page.stream().filter(this::isLeftOver).toList();
            int sent = due.isEmpty() ? 0 : sent(due);
            count += sent;
            if (page.size() < EventBus.MOST_AT_ONCE || sent < due.size()) {
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
