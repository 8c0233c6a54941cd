package dev.sea.integrations.lifecycle;

import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.integration.StillActive;
import dev.sea.integrations.secret.Secrets;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.DestinationGuard;
import dev.sea.integrations.store.InUse;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.IntegrationTransactions;
import dev.sea.integrations.store.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Deletes integrations. The tenant may use the name and the external ID again; the external ID stays the tenant's for good.
 * A secret stays recoverable for a week.
 */
@ApplicationScoped
public class Deletion {
    private static final int ATTEMPTS = 5;

    private final IntegrationStore store;
    private final IntegrationTransactions transactions;
    private final DestinationGuard guard;
    private final Secrets secrets;
    private final AuditLog audit;

    Deletion(
            IntegrationStore store,
            IntegrationTransactions transactions,
            DestinationGuard guard,
            Secrets secrets,
            AuditLog audit) {
        this.store = store;
        this.transactions = transactions;
        this.guard = guard;
        this.secrets = secrets;
        this.audit = audit;
    }

    /**
     * Deletes the version that {@code ifMatch} names, or without it the current one.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws OtherVersion when it is another version
     * @throws InUse when recordings go to it
     * @throws StillActive when it is active
     */
    public void delete(Actor actor, IntegrationId id, Optional<IfMatch> ifMatch) {
        Integration current = store.get(actor.tenant(), id);
        Integration deleted = audit.around("delete", id.value(), actor, () -> deleted(current, ifMatch));
        secrets.retire(deleted.access());
    }

    private Integration deleted(Integration found, Optional<IfMatch> ifMatch) {
        Integration current = found;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long version = current.version();
            if (ifMatch.filter(header -> !header.names(version)).isPresent()) {
                throw new OtherVersion();
            }
            if (current.isActive()) {
                guard.refuseUsed(current.tenant(), current.id());
                throw new StillActive();
            }
            switch (transactions.delete(current)) {
                // Gone: by an earlier attempt of this very write, or by a request that wanted the same.
                case Written.Done(), Written.Gone() -> {
                    return current;
                }
                case Written.Superseded(Integration now) -> current = now;
            }
        }
        throw new ChangedMeanwhile();
    }
}
