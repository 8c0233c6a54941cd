package dev.sea.integrations.schedule;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.evidence.FailingUses;
import dev.sea.integrations.evidence.Looks;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.lifecycle.ScheduledValidations;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DueIndex;
import dev.sea.integrations.store.DueIndex.Due;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * One round over a shard: cleans up, then validates what is due and looks for what was granted, the most overdue first, several
 * at a time, each leased immediately before. It stops taking integrations when those in hand may need the rest of its time;
 * the next sweep finds the others still due. A failure of one integration is logged and stops no other.
 */
@ApplicationScoped
public class Sweep {
    /** Time beyond a validation's budget, for its lease, its write with all repetitions, and the last count. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Sweep.class);

    private final DueIndex index;
    private final ScheduledValidations validations;
    private final Looks looks;
    private final FailingUses uses;
    private final Housekeeping housekeeping;
    private final Metrics metrics;
    private final SeaConfig config;
    private final InstantSource time;

    Sweep(
            DueIndex index,
            ScheduledValidations validations,
            Looks looks,
            FailingUses uses,
            Housekeeping housekeeping,
            Metrics metrics,
            SeaConfig config,
            InstantSource time) {
        this.index = index;
        this.validations = validations;
        this.looks = looks;
        this.uses = uses;
        this.housekeeping = housekeeping;
        this.metrics = metrics;
        this.config = config;
        this.time = time;
    }

    /**
     * Sweeps.
     *
     * @param available until the process may be stopped
     * @throws Unavailable after everything else is done, when a part of the index could not be read
     */
    public SweepReport run(Shard shard, Duration available) {
        Deadline end = Deadline.in(available);
        Deadline lastTaken = end.earlier(config.validation().budget().plus(RESERVE));
        Tally tally = new Tally();
        try (Workers workers = new Workers(config.schedule().concurrency())) {
            shard.partitions().forEach(partition -> workers.submit(() -> housekeeping.of(partition, tally), lastTaken));
            DueQueue queue = new DueQueue(index, shard, time.instant(), workers, tally);
            for (List<Due> round = queue.next(lastTaken); !round.isEmpty(); round = queue.next(lastTaken)) {
                for (Due due : round) {
                    if (!workers.submit(() -> take(due, tally), lastTaken)) {
                        break;
                    }
                }
            }
            workers.finish(end.earlier(RESERVE.dividedBy(2)));
            if (lastTaken.isOver()) {
                queue.countLeftOver(end);
            }
        }
        SweepReport report = tally.report(shard);
        LOG.infof("swept: %s", report);
        tally.throwIfIncomplete();
        metrics.swept(shard.number(), tally.metrics(), tally.validations());
        return report;
    }

    private void take(Due due, Tally tally) {
        switch (due) {
            case Due.Validation validation -> validate(validation, tally);
            case Due.Grant grant -> look(grant, tally);
            case Due.FailingUse(Tenant tenant, IntegrationId id, Instant at) -> {
                try {
                    uses.callForValidation(tenant, id, at);
                } catch (RuntimeException failure) {
                    tally.failed.incrementAndGet();
                    LOG.errorf(failure, "%s could not be called for a validation; it stays due", id);
                }
            }
        }
    }

    private void look(Due.Grant due, Tally tally) {
        try {
            tally.count(looks.look(due.tenant(), due.key()));
        } catch (RuntimeException failure) {
            tally.failed.incrementAndGet();
            LOG.errorf(failure, "nobody could look for %s; it is due again when its lease ends", due.key());
        }
    }

    private void validate(Due.Validation due, Tally tally) {
        try {
            ScheduledValidations.Result result = validations.validate(due.tenant(), due.id());
            tally.count(result);
            if (result instanceof ScheduledValidations.Result.Failed failed) {
                LOG.errorf(
                        failed.failure(), "%s could not be validated; it is due again when its lease ends", due.id());
            }
        } catch (RuntimeException failure) {
            tally.failed.incrementAndGet();
            LOG.errorf(failure, "%s could not be leased; it stays due", due.id());
        }
    }
}
