package dev.sea.integrations.evidence;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.LeaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Has an integration validated in full as soon as its use fails, so that the customer sees the cause. */
@ApplicationScoped
public class FailingUses {
    private final LeaseStore leases;
    private final UseStore uses;
    private final Duration lease;
    private final InstantSource time;

    FailingUses(LeaseStore leases, UseStore uses, SeaConfig config, InstantSource time) {
        this.leases = leases;
        this.uses = uses;
        this.lease = config.schedule().lease();
        this.time = time;
    }

    /**
     * Makes the integration due at once. If a sweep is validating it at this moment, the next sweep tries again after the
     * lease. May be repeated.
     *
     * @param due when this was due, as it is stored
     */
    public void callForValidation(Tenant tenant, IntegrationId id, Instant due) {
        Instant now = time.instant();
        switch (leases.callForFull(tenant, id, now, lease)) {
            case DUE, NEVER -> uses.dueAt(tenant, id, due, Optional.empty());
            case LEASED -> uses.dueAt(tenant, id, due, Optional.of(now.plus(lease)));
        }
    }
}
