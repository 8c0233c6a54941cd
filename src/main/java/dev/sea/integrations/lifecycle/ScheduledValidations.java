package dev.sea.integrations.lifecycle;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.LeaseStore;
import dev.sea.integrations.store.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Validates one integration that is due, under a lease. */
@ApplicationScoped
public class ScheduledValidations {
    private final LeaseStore leases;
    private final Proving proving;
    private final HealthRules rules;
    private final HealthRecords records;
    private final Duration lease;
    private final InstantSource time;

    ScheduledValidations(
            LeaseStore leases,
            Proving proving,
            HealthRules rules,
            HealthRecords records,
            SeaConfig config,
            InstantSource time) {
        this.leases = leases;
        this.proving = proving;
        this.rules = rules;
        this.records = records;
        this.lease = config.schedule().lease();
        this.time = time;
    }

    /** What became of an integration that was due. */
    public sealed interface Result {

        /** Another sweep took it, or it is gone, inactive or validated by now. */
        record NotDue() implements Result {}

        /** It was changed, deactivated, deleted or validated meanwhile, so the result says nothing of it. */
        record Discarded() implements Result {}

        record Validated(ValidationReport.Status status, Duration took) implements Result {}
    }

    /**
     * Leases it, validates it and records the result.
     *
     * @throws RuntimeException when the service itself fails; the integration is due again when the lease ends
     */
    public Result validate(Tenant tenant, IntegrationId id) {
        Instant now = time.instant();
        Optional<LeaseStore.Leased> taken = leases.take(tenant, id, now, now.plus(lease));
        if (taken.isEmpty()) {
            return new Result.NotDue();
        }
        try {
            return validate(taken.get());
        } catch (NoSuchIntegration deleted) {
            return new Result.Discarded();
        }
    }

    private Result validate(LeaseStore.Leased leased) {
        long start = System.nanoTime();
        Integration integration = leased.integration();
        Proving.Proved proved = proving.stored(integration, rules.scope(integration, time.instant()));
        return switch (records.record(proved.integration(), proved.proof(), leased.token())) {
            case Written.Done() ->
                new Result.Validated(proved.proof().report().status(), Duration.ofNanos(System.nanoTime() - start));
            case Written.Superseded _, Written.Gone _ -> new Result.Discarded();
        };
    }
}
