package dev.sea.integrations.lifecycle;

import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.lifecycle.Proving.Proved;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.enterprise.context.ApplicationScoped;

/** Validates on demand: drafts, of which nothing is kept, and stored integrations, whose health it updates. */
@ApplicationScoped
public class Validations {
    private final IntegrationStore store;
    private final Proving proving;
    private final HealthRecords records;
    private final DraftQuotaStore quota;

    Validations(IntegrationStore store, Proving proving, HealthRecords records, DraftQuotaStore quota) {
        this.store = store;
        this.proving = proving;
        this.records = records;
        this.quota = quota;
    }

    /**
     * The report on a draft.
     *
     * @throws TooManyValidations where the tenant has reached its number for this minute
     * @throws ExternalIdRefused before any call to the customer's account
     */
    public ValidationReport draft(Actor actor, Draft draft) {
        quota.take(actor.tenant());
        return proving.draft(actor.tenant(), draft).report();
    }

    /**
     * Validates in full and updates health.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     */
    public ValidationReport stored(Actor actor, IntegrationId id) {
        Proved proved = proving.stored(store.get(actor.tenant(), id), Scope.FULL);
        records.record(proved.integration(), proved.proof());
        return proved.proof().report();
    }
}
