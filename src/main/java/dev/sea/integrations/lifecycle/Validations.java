package dev.sea.integrations.lifecycle;

import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.secret.SecretVault;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.store.HealthWrite;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.IntegrationStore.Written;
import dev.sea.integrations.store.ValidationHistory;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/** Validations on demand: of drafts, of which nothing is kept, and of stored integrations, whose health they update. */
@ApplicationScoped
public class Validations {
    private static final int ATTEMPTS = 10;

    private final IntegrationStore store;
    private final Proving proving;
    private final HealthRules rules;
    private final ValidationHistory history;
    private final DraftQuotaStore quota;
    private final InstantSource time;

    Validations(
            IntegrationStore store,
            Proving proving,
            HealthRules rules,
            ValidationHistory history,
            DraftQuotaStore quota,
            InstantSource time) {
        this.store = store;
        this.proving = proving;
        this.rules = rules;
        this.history = history;
        this.quota = quota;
        this.time = time;
    }

    /**
     * The report on a draft.
     *
     * @throws TooManyValidations where the tenant has had its number for this minute
     * @throws ExternalIdRefused without a call to the customer's account
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
        Integration integration = store.find(actor.tenant(), id).orElseThrow(NoSuchIntegration::new);
        Proved proved = prove(integration);
        record(proved.integration(), proved.proof());
        return proved.proof().report();
    }

    /** @param integration the record as it was when it was proved */
    record Proved(Integration integration, Proof proof) {}

    Proved prove(Integration integration) {
        return prove(integration, Scope.FULL);
    }

    /** A secret that is gone may have been replaced a moment ago: the record is read again, once. */
    Proved prove(Integration integration, Scope scope) {
        try {
            return new Proved(integration, proving.stored(integration, scope));
        } catch (SecretVault.Gone gone) {
            Integration again =
                    store.find(integration.tenant(), integration.id()).orElseThrow(NoSuchIntegration::new);
            return again.access().equals(integration.access()) ? unlearned(again) : proveOnce(again, scope);
        }
    }

    private Proved proveOnce(Integration integration, Scope scope) {
        try {
            return new Proved(integration, proving.stored(integration, scope));
        } catch (SecretVault.Gone gone) {
            return unlearned(integration);
        }
    }

    private Proved unlearned(Integration integration) {
        return new Proved(integration, proving.unreadable(integration));
    }

    /**
     * Writes what a validation found. Another validation that finished first is built upon; the result is discarded
     * where the integration was changed or deleted in between, of which it says nothing.
     *
     * @return the record as it is now, empty when it is gone
     */
    Optional<Integration> record(Integration proved, Proof proof) {
        Integration current = proved;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Integration after = current.with(rules.after(current, proof, time.instant()));
            switch (store.replace(new HealthWrite(current, after, proof.report().checks(), Optional.empty()))) {
                case Written.Done() -> {
                    keep(after, proof);
                    return Optional.of(after);
                }
                case Written.Superseded(Integration now) when now.version() == proved.version() -> current = now;
                case Written.Superseded(Integration now) -> {
                    return Optional.of(now);
                }
                case Written.Gone() -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(current);
    }

    /** Puts the report into the history. */
    void keep(Integration proved, Proof proof) {
        history.keep(proved.tenant(), proved.id(), proof.report());
    }

    /**
     * A page of the history, newest first.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     */
    public ValidationHistory.Page history(Actor actor, IntegrationId id, Optional<String> after, int limit) {
        Integration integration = store.find(actor.tenant(), id).orElseThrow(NoSuchIntegration::new);
        return history.page(integration.tenant(), integration.id(), after, limit);
    }
}
