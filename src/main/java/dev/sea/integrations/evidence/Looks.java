package dev.sea.integrations.evidence;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.Tokens;
import dev.sea.integrations.evidence.GrantLeaseStore.Leased;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DueIndex.GrantKey;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.UnreadableIntegration;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks for the object of one grant that has run out, under a lease: soon after its end, an hour later, and after a day, when
 * it counts as missing. If nobody could look, it looks daily, for a week in all. The state of the integration does not
 * matter, since the question is about the time when it was active; once it is deleted, nobody can look any more.
 */
@ApplicationScoped
public class Looks {
    private static final Logger LOG = Logger.getLogger(Looks.class);

    private final GrantLeaseStore leases;
    private final IntegrationStore integrations;
    private final Sightings sightings;
    private final Outcomes outcomes;
    private final Duration lease;
    private final Tokens tokens;
    private final InstantSource time;

    Looks(
            GrantLeaseStore leases,
            IntegrationStore integrations,
            Sightings sightings,
            Outcomes outcomes,
            SeaConfig config,
            Tokens tokens,
            InstantSource time) {
        this.leases = leases;
        this.integrations = integrations;
        this.sightings = sightings;
        this.outcomes = outcomes;
        this.lease = config.schedule().lease();
        this.tokens = tokens;
        this.time = time;
    }

    /** What came of a look. */
    public enum Result {
        /** Another sweep took the grant, or somebody told its outcome meanwhile. */
        NOT_DUE,
        /** It is settled, or needs no look any more. */
        SETTLED,
        /** Nothing is known yet; a sweep looks again. */
        AGAIN
    }

    /**
     * Leases the grant, looks and writes what it saw.
     *
     * @throws RuntimeException when storage failed; the grant is due again, when its lease ends at the latest
     */
    public Result look(Tenant tenant, GrantKey key) {
        Instant now = time.instant();
        Optional<Leased> taken = leases.take(tenant, key, now, now.plus(lease));
        if (taken.isEmpty()) {
            return Result.NOT_DUE;
        }
        Leased leased = taken.get();
        TrackedGrant after = seen(leased.grant());
        if (after.state() == leased.grant().state()
                && after.reason().equals(leased.grant().reason())) {
            leases.release(leased, after.dueAt());
            return after.dueAt().isPresent() ? Result.AGAIN : Result.SETTLED;
        }
        boolean written = outcomes.settle(leased.grant(), after, Optional.of(leased.token()), List.of(), tokens.next())
                .isEmpty();
        return written ? Result.SETTLED : Result.NOT_DUE;
    }

    private TrackedGrant seen(TrackedGrant grant) {
        // It may have been settled before it was taken, by a transaction of which the index did not know yet.
        if (grant.isProved()) {
            return grant.abandoned(time.instant());
        }
        Optional<Integration> integration;
        try {
            integration =
                    integrations.find(grant.grant().tenant(), grant.grant().integration());
        } catch (UnreadableIntegration unreadable) {
            LOG.errorf(unreadable, "nobody can look for %s", grant.grant().id());
            return grant.looked(new Sighting.Unknown(FailureCode.SERVICE_FAULT, false), time.instant());
        }
        return integration
                .map(it -> grant.looked(sightings.of(it, grant.grant().location()), time.instant()))
                .orElseGet(() -> grant.abandoned(time.instant()));
    }
}
