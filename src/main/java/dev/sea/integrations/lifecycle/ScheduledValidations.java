package dev.sea.integrations.lifecycle;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.LeaseStore;
import dev.sea.integrations.store.UnreadableIntegration;
import dev.sea.integrations.store.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Validates one integration that is due, under a lease. */
@ApplicationScoped
public class ScheduledValidations {
    private static final Logger LOG = Logger.getLogger(ScheduledValidations.class);

    private final LeaseStore leases;
    private final Proving proving;
    private final CheckPlan plan;
    private final HealthRecords records;
    private final Duration lease;
    private final Duration aside;
    private final InstantSource time;

    ScheduledValidations(
            LeaseStore leases,
            Proving proving,
            CheckPlan plan,
            HealthRecords records,
            SeaConfig config,
            InstantSource time) {
        this.leases = leases;
        this.proving = proving;
        this.plan = plan;
        this.records = records;
        this.lease = config.schedule().lease();
        this.aside = config.schedule().healthyInterval();
        this.time = time;
    }

    /** What became of an integration that was due. */
    public sealed interface Result {

        /** Another sweep took it, or it is gone, inactive or validated by now. */
        record NotDue() implements Result {}

        /** It was changed, deactivated, deleted or validated meanwhile, so the result says nothing of it. */
        record Discarded() implements Result {}

        /**
         * Its record cannot be read, or another tenant holds its external ID. A further try would end the same way, so it is
         * due only after the interval of a healthy one.
         */
        record SetAside() implements Result {}

        /**
         * A report was written.
         *
         * @param unprovedFor how long ago the last proof was that learned something; zero if this one did
         */
        record Validated(ValidationReport.Status status, Duration took, Duration unprovedFor) implements Result {}

        /**
         * The service itself failed; the integration is due again when the lease ends.
         *
         * @param unprovedFor how long ago the last proof was that learned something
         */
        record Failed(RuntimeException failure, Duration unprovedFor) implements Result {}
    }

    /**
     * Leases it, validates it and records the result.
     *
     * @throws RuntimeException when no lease could be taken
     */
    public Result validate(Tenant tenant, IntegrationId id) {
        Instant now = time.instant();
        Optional<LeaseStore.Leased> taken;
        try {
            taken = leases.take(tenant, id, now, now.plus(lease));
        } catch (NoSuchIntegration deleted) {
            return new Result.Discarded();
        } catch (UnreadableIntegration unreadable) {
            return aside(tenant, id, now, unreadable);
        }
        if (taken.isEmpty()) {
            return new Result.NotDue();
        }
        try {
            return validate(taken.get());
        } catch (NoSuchIntegration deleted) {
            return new Result.Discarded();
        } catch (UnreadableIntegration | ExternalIdRefused hopeless) {
            return aside(tenant, id, now, hopeless);
        } catch (RuntimeException failure) {
            return broken(taken.get(), failure);
        }
    }

    private Result aside(Tenant tenant, IntegrationId id, Instant leasedAt, RuntimeException why) {
        Instant later = leasedAt.plus(aside);
        LOG.errorf(why, "%s of tenant %s cannot be validated; set aside until %s", id, tenant.id(), later);
        leases.setAside(tenant, id, leasedAt.plus(lease), later);
        return new Result.SetAside();
    }

    private Result broken(LeaseStore.Leased leased, RuntimeException failure) {
        try {
            records.recordBroken(leased.integration(), leased.token());
        } catch (RuntimeException unwritten) {
            failure.addSuppressed(unwritten);
        }
        return new Result.Failed(failure, leased.integration().health().unprovedFor(time.instant()));
    }

    private Result validate(LeaseStore.Leased leased) {
        long start = System.nanoTime();
        Integration integration = leased.integration();
        Proving.Proved proved = proving.stored(integration, plan.scope(integration, time.instant()));
        return switch (records.record(proved.integration(), proved.proof(), leased.token())) {
            case Written.Done() -> {
                ValidationReport.Status status = proved.proof().report().status();
                yield new Result.Validated(
                        status,
                        Duration.ofNanos(System.nanoTime() - start),
                        status == ValidationReport.Status.UNKNOWN
                                ? integration.health().unprovedFor(time.instant())
                                : Duration.ZERO);
            }
            case Written.Superseded _, Written.Gone _ -> new Result.Discarded();
        };
    }
}
