package dev.sea.integrations.destination;

import dev.sea.integrations.destination.DestinationStore.Found;
import dev.sea.integrations.destination.DestinationStore.Stored;
import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/**
 * Finds which integration takes the recordings now, and stores each change of that. Nothing here calls a customer's account.
 */
@ApplicationScoped
public class Failover {
    private static final int ATTEMPTS = 5;
    /** Tenants whose integrations are remembered, so that the memory stays bounded. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final Logger LOG = Logger.getLogger(Failover.class);

    private final DestinationStore store;
    private final ReadinessRules rules;
    private final InstantSource time;

    /** Which integrations to read beside the destination. A guess: what the item says counts. */
    private final ConcurrentMap<Tenant, List<IntegrationId>> remembered = new ConcurrentHashMap<>();

    Failover(DestinationStore store, ReadinessRules rules, InstantSource time) {
        this.store = store;
        this.rules = rules;
        this.time = time;
    }

    /** {@link #readiness} as the API shows it. */
    public ReadinessView shown(Tenant tenant) {
        return ReadinessView.of(readiness(tenant));
    }

    /**
     * Whether recordings can be stored now, and where. One round trip to DynamoDB, unless the destination is new to this
     * process.
     */
    Readiness readiness(Tenant tenant) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Found found = read(tenant);
            Instant now = time.instant();
            if (found.stored().destination().isEmpty()) {
                return new Readiness(Optional.empty(), Optional.empty(), List.of(), now);
            }
            Destination before = found.stored().destination().get();
            Destination after = rules.serving(before, found.integrations(), now);
            if (after.equals(before) || isStored(found.stored(), before, after, now)) {
                return rules.readiness(after, found.integrations(), now);
            }
        }
        throw new ChangedMeanwhile();
    }

    /** False where another write came first. A change that cannot be stored now is stored by the next one who asks. */
    private boolean isStored(Stored stored, Destination before, Destination after, Instant now) {
        Optional<DestinationChange> change =
                before.standing().serving() == after.standing().serving()
                        ? Optional.empty()
                        : Optional.of(DestinationChange.between(before, after, now));
        try {
            return store.replace(before.tenant(), stored, Stored.of(after), change, List.of());
        } catch (Unavailable later) {
            LOG.warnf(
                    later,
                    "the change of tenant %s's destination is not stored yet",
                    before.tenant().id());
            return true;
        }
    }

    /** Looks again which one serves when the health of one of them has changed, so that nobody has to ask. */
    void healthChanged(@Observes HealthChange change) {
        Tenant tenant = new Tenant(change.tenant());
        try {
            boolean concerned = read(tenant)
                    .stored()
                    .destination()
                    .filter(it -> it.integrations().contains(new IntegrationId(change.integration())))
                    .isPresent();
            if (concerned) {
                readiness(tenant);
            }
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "the destination of tenant %s is looked at when it is next asked for", tenant.id());
        }
    }

    /** With all of the destination's integrations. One that was not asked for must not pass for one that is gone. */
    private Found read(Tenant tenant) {
        List<IntegrationId> asked = remembered.getOrDefault(tenant, List.of());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Found found = store.read(tenant, asked);
            List<IntegrationId> named =
                    found.stored().destination().map(Destination::integrations).orElse(List.of());
            if (asked.containsAll(named)) {
                return found;
            }
            asked = named;
            remember(tenant, named);
        }
        throw new ChangedMeanwhile();
    }

    private void remember(Tenant tenant, List<IntegrationId> integrations) {
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(tenant, integrations);
    }
}
