package dev.sea.integrations.lifecycle;

import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.integration.StillActive;
import dev.sea.integrations.secret.SecretDisposal;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.ChangeStore;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.TransactionStore.Outrun;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Deletes integrations. Name and external ID are the tenant's to use again, the external ID for ever; a secret stays
 * recoverable for a week.
 */
@ApplicationScoped
public class Deletion {
    private static final int ATTEMPTS = 5;

    private final IntegrationStore store;
    private final ChangeStore changes;
    private final SecretDisposal disposal;
    private final AuditLog audit;

    Deletion(IntegrationStore store, ChangeStore changes, SecretDisposal disposal, AuditLog audit) {
        this.store = store;
        this.changes = changes;
        this.disposal = disposal;
        this.audit = audit;
    }

    /**
     * Deletes the version that {@code ifMatch} names; without it, the one there is.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws OtherVersion when it is another version
     * @throws StillActive when it is active
     */
    public void delete(Actor actor, IntegrationId id, Optional<IfMatch> ifMatch) {
        Integration current = store.find(actor.tenant(), id).orElseThrow(NoSuchIntegration::new);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long version = current.version();
            if (ifMatch.filter(header -> !header.names(version)).isPresent()) {
                throw new OtherVersion();
            }
            if (current.isActive()) {
                throw new StillActive();
            }
            Optional<Integration> other = attempt(current);
            if (other.isEmpty()) {
                audit.changed("delete", id.value(), actor);
                disposal.retire(current.access());
                return;
            }
            current = other.get();
        }
        throw new ChangedMeanwhile();
    }

    /** Empty when it is gone: by this write, by one of its repetitions, or by somebody who wanted the same. */
    private Optional<Integration> attempt(Integration integration) {
        try {
            changes.delete(integration, store.stamp());
            return Optional.empty();
        } catch (Outrun outrun) {
            return outrun.now();
        }
    }
}
