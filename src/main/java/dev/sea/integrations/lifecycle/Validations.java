package dev.sea.integrations.lifecycle;

import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.externalid.TooManyExternalIds;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.lifecycle.Proving.Proved;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;

/** Validates on demand: drafts, of which nothing is kept, and stored integrations, whose health it updates. */
@ApplicationScoped
public class Validations {
    private final IntegrationStore store;
    private final Proving proving;
    private final HealthRecords records;
    private final LiveProofs proofs;

    Validations(IntegrationStore store, Proving proving, HealthRecords records, LiveProofs proofs) {
        this.store = store;
        this.proving = proving;
        this.records = records;
        this.proofs = proofs;
    }

    /**
     * The report on a draft.
     *
     * @throws TooManyValidations where the tenant has reached one of its limits
     * @throws TooManyExternalIds where it has tried as many external IDs as it may
     * @throws ExternalIdRefused before any call to the customer's account
     */
    public ValidationReport draft(Actor actor, Draft draft) {
        return proofs.during(actor, LiveProofs.subject(draft.access()), () -> {
            proofs.check(actor, draft.access());
            Proof proof = proving.draft(actor.tenant(), draft);
            if (draft.access() instanceof PresentedAccess.Role role) {
                proofs.keepDrafts(actor, role.externalId(), proof);
            }
            return proof.report();
        });
    }

    /**
     * Validates in full and updates health.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws TooManyValidations where the tenant has reached one of its limits
     */
    public ValidationReport stored(Actor actor, IntegrationId id) {
        Integration integration = store.get(actor.tenant(), id);
        return proofs.during(actor, id.value(), () -> {
            Proved proved = proving.stored(integration, Scope.FULL);
            proofs.keepFirst(actor, integration, proved.proof());
            records.record(proved.integration(), proved.proof());
            return proved.proof().report();
        });
    }
}
