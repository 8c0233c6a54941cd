package dev.sea.integrations.lifecycle;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.IntegrationStore.Replacement;
import dev.sea.integrations.store.Written;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Activates and deactivates integrations for SEA's workflows. Both may be repeated. */
@ApplicationScoped
public class Activation {
    private static final int ATTEMPTS = 5;

    private final IntegrationStore store;
    private final Proving proving;
    private final HealthRecords records;
    private final HealthRules rules;
    private final SeaConfig config;
    private final InstantSource time;
    private final AuditLog audit;

    Activation(
            IntegrationStore store,
            Proving proving,
            HealthRecords records,
            HealthRules rules,
            SeaConfig config,
            InstantSource time,
            AuditLog audit) {
        this.store = store;
        this.proving = proving;
        this.records = records;
        this.rules = rules;
        this.config = config;
        this.time = time;
        this.audit = audit;
    }

    /**
     * Activates an integration on the strength of its last report, if that is full, of this version and fresh enough, or of
     * a new one. Activates exactly the version that was proved, or none.
     *
     * @throws ProofFailed with the report
     * @throws ChangedMeanwhile when another request changed it during the proof
     */
    public Integration activate(Actor actor, IntegrationId id) {
        Integration current = store.get(actor.tenant(), id);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (current.isActive()) {
                return current;
            }
            Candidate candidate = proved(current);
            Instant now = time.instant();
            Integration active =
                    candidate.proved().activated(actor, now, rules.nextAfterActivation(candidate.proved(), now));
            switch (store.replace(Replacement.ofState(candidate.stored(), active))) {
                case Written.Done() -> {
                    audit.changed("activate", id.value(), actor);
                    candidate.proof().ifPresent(proof -> records.keep(active, proof));
                    return active;
                }
                case Written.Superseded(Integration other) -> {
                    if (!other.isActive()
                            && other.version() != candidate.stored().version()) {
                        throw new ChangedMeanwhile();
                    }
                    current = other;
                }
                case Written.Gone() -> throw new NoSuchIntegration();
            }
        }
        throw new ChangedMeanwhile();
    }

    public Integration deactivate(Actor actor, IntegrationId id) {
        Integration current = store.get(actor.tenant(), id);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (!current.isActive()) {
                return current;
            }
            Integration inactive = current.deactivated(actor, time.instant());
            switch (store.replace(Replacement.ofState(current, inactive))) {
                case Written.Done() -> {
                    audit.changed("deactivate", id.value(), actor);
                    return inactive;
                }
                // Deactivation depends on nothing that another request may have changed.
                case Written.Superseded(Integration other) -> current = other;
                case Written.Gone() -> throw new NoSuchIntegration();
            }
        }
        throw new ChangedMeanwhile();
    }

    /**
     * What may be activated.
     *
     * @param proved what is stored, with the health that the proof gives it
     * @param proof empty when an earlier one is good enough
     */
    private record Candidate(Integration stored, Integration proved, Optional<Proof> proof) {}

    private Candidate proved(Integration integration) {
        if (integration.isProved(time.instant(), config.activation().maxReportAge())) {
            return new Candidate(integration, integration, Optional.empty());
        }
        Proving.Proved proved = proving.stored(integration, Scope.FULL);
        ValidationReport report = proved.proof().report();
        if (report.status() != ValidationReport.Status.HEALTHY) {
            records.record(proved.integration(), proved.proof());
            throw new ProofFailed(report);
        }
        Integration judged = records.judged(proved.integration(), proved.proof());
        return new Candidate(proved.integration(), judged, Optional.of(proved.proof()));
    }
}
