package dev.sea.integrations.lifecycle;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.DestinationGuard;
import dev.sea.integrations.store.InUse;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.IntegrationStore.Replacement;
import dev.sea.integrations.store.Written;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Activates and deactivates integrations for SEA's workflows. Both may be repeated. */
@ApplicationScoped
public class Activation {
    private static final int ATTEMPTS = 5;

    private final IntegrationStore store;
    private final DestinationGuard guard;
    private final LiveProofs proofs;
    private final Proving proving;
    private final HealthRecords records;
    private final Overlaps overlaps;
    private final CheckPlan plan;
    private final SeaConfig config;
    private final InstantSource time;
    private final AuditLog audit;

    Activation(
            IntegrationStore store,
            DestinationGuard guard,
            LiveProofs proofs,
            Proving proving,
            HealthRecords records,
            Overlaps overlaps,
            CheckPlan plan,
            SeaConfig config,
            InstantSource time,
            AuditLog audit) {
        this.store = store;
        this.guard = guard;
        this.proofs = proofs;
        this.proving = proving;
        this.records = records;
        this.overlaps = overlaps;
        this.plan = plan;
        this.config = config;
        this.time = time;
        this.audit = audit;
    }

    /**
     * Activates an integration on the strength of its last report, if that is full, of this version and fresh enough, or of
     * a new one. Whether a role requires the external ID is always asked anew: the report may be of the role's first seconds,
     * when a part of STS did not know the role and denied everything. Activates exactly the version that was proved, or none.
     *
     * @throws NotProved with the report
     * @throws ChangedMeanwhile when another request changed it during the proof
     */
    public Integration activate(Actor actor, IntegrationId id) {
        Integration current = store.get(actor.tenant(), id);
        if (current.isActive()) {
            return current;
        }
        return audit.around("activate", id.value(), actor, () -> activated(actor, current));
    }

    /** Makes one proof at most, whatever else writes meanwhile: a request has time for no more. */
    private Integration activated(Actor actor, Integration inactive) {
        Integration current = inactive;
        Optional<Proof> proof = Optional.empty();
        boolean guarded = false;
        boolean audited = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (current.isActive()) {
                return current;
            }
            if (proof.isEmpty()) {
                boolean fresh =
                        current.isProved(time.instant(), config.activation().maxReportAge());
                guarded = fresh && (guarded || isGuarded(actor, current));
                if (!guarded) {
                    Proving.Proved proved = passed(actor, current);
                    current = proved.integration();
                    proof = Optional.of(proved.proof());
                }
            }
            Optional<Proof> own = proof;
            Integration stored = current;
            Instant now = time.instant();
            Integration proved = own.map(passed -> records.judged(stored, passed))
                    .orElseGet(() -> stored.with(stored.health().guarded(now)));
            Integration active = proved.activated(actor, now, plan.afterActivation(proved, now));
            if (!audited) {
                overlaps.auditAcrossTenants(actor, active.id(), active.target());
                audited = true;
            }
            switch (store.replace(Replacement.ofState(stored, active))) {
                case Written.Done() -> {
                    own.ifPresent(passed -> records.keep(active, passed));
                    return active;
                }
                case Written.Superseded(Integration other) -> {
                    if (!other.isActive() && other.version() != stored.version()) {
                        throw new ChangedMeanwhile();
                    }
                    current = other;
                }
                case Written.Gone() -> throw new NoSuchIntegration();
            }
        }
        throw new ChangedMeanwhile();
    }

    private boolean isGuarded(Actor actor, Integration integration) {
        return switch (integration.access()) {
            case Access.AssumedRole role ->
                proofs.during(actor, integration.id().value(), () -> proving.isGuarded(integration, role));
            case Access.StoredKeys _ -> true;
        };
    }

    private Proving.Proved passed(Actor actor, Integration integration) {
        Proving.Proved proved =
                proofs.during(actor, integration.id().value(), () -> proving.stored(integration, Scope.FULL));
        ValidationReport report = proved.proof().report();
        if (report.status() != ValidationReport.Status.HEALTHY) {
            records.record(proved.integration(), proved.proof());
            throw NotProved.activation(report);
        }
        proofs.keepFirst(actor, integration, proved.proof());
        return proved;
    }

    /**
     * Deactivates an integration.
     *
     * @throws InUse when recordings go to it, or it stands by for them
     */
    public Integration deactivate(Actor actor, IntegrationId id) {
        Integration current = store.get(actor.tenant(), id);
        if (!current.isActive()) {
            return current;
        }
        return audit.around("deactivate", id.value(), actor, () -> deactivated(actor, current));
    }

    private Integration deactivated(Actor actor, Integration active) {
        Integration current = active;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (!current.isActive()) {
                return current;
            }
            Integration inactive = current.deactivated(actor, time.instant());
            switch (store.replace(
                    Replacement.ofState(current, inactive), List.of(guard.unused(current.tenant(), current.id())))) {
                case Written.Done() -> {
                    return inactive;
                }
                // Deactivation depends on nothing that another request may have changed.
                case Written.Superseded(Integration other) -> current = other;
                case Written.Gone() -> throw new NoSuchIntegration();
            }
        }
        throw new ChangedMeanwhile();
    }
}
