package dev.sea.integrations.schedule;

import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.externalid.ExpiredReservations;
import dev.sea.integrations.secret.SecretCleanUp;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/** What a sweep does besides validating: it finishes what crashed requests left undone. A failure of one duty stops no other. */
@ApplicationScoped
class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final Outbox outbox;
    private final SecretCleanUp secrets;
    private final ExpiredReservations expired;

    Housekeeping(Outbox outbox, SecretCleanUp secrets, ExpiredReservations expired) {
        this.outbox = outbox;
        this.secrets = secrets;
        this.expired = expired;
    }

    void of(int partition, Tally tally) {
        count(tally.eventsSent, () -> outbox.drain(partition), "events to send", partition);
        if (partition < SecretCleanUp.PARTITIONS) {
            count(tally.secretsRemoved, () -> secrets.partition(partition).removed(), "secrets to remove", partition);
        }
        if (partition < ExpiredReservations.PARTITIONS) {
            count(tally.reservationsRemoved, () -> expired.remove(partition), "reservations", partition);
        }
    }

    private static void count(AtomicInteger done, IntSupplier duty, String what, int partition) {
        try {
            done.addAndGet(duty.getAsInt());
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "%s of partition %d are left to the next sweep", what, partition);
        }
    }
}
