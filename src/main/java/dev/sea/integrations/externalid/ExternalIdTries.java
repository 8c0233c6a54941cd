package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.externalid.ExternalIdClaimStore.Holder;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Contention;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * External IDs that a caller names, as against those that the service made. A customer's administrator may choose one, so any
 * is accepted; but a caller must not find out by trying which one a customer's role accepts, or keep IDs from other tenants.
 */
@ApplicationScoped
public class ExternalIdTries {
    private final ExternalIdClaimStore claims;
    private final TriedIdStore tried;
    private final ReservationStore reservations;
    private final SeaConfig config;
    private final InstantSource time;
    private final AuditLog audit;
    private final Contention contention;

    ExternalIdTries(
            ExternalIdClaimStore claims,
            TriedIdStore tried,
            ReservationStore reservations,
            SeaConfig config,
            InstantSource time,
            AuditLog audit,
            Contention contention) {
        this.claims = claims;
        this.tried = tried;
        this.reservations = reservations;
        this.config = config;
        this.time = time;
        this.audit = audit;
        this.contention = contention;
    }

    /**
     * Lets a caller use an ID with a role; to be asked before the ID is stored and before any AssumeRole. An ID that is the
     * tenant's already, since it was made for it or used by it, is not a try.
     *
     * @return whether nobody holds the ID yet
     * @throws TooManyExternalIds when the tenant has tried as many against the role's account as it may
     * @throws ExternalIdRefused when another tenant holds the ID
     */
    public boolean check(Actor actor, RoleArn role, ExternalId externalId) {
        Holder holder = claims.holder(actor.tenant(), externalId);
        if (holder == Holder.TENANT) {
            return false;
        }
        try {
            tried.count(actor.tenant(), role.account(), externalId);
            if (holder == Holder.ANOTHER) {
                throw new ExternalIdRefused();
            }
        } catch (ProblemException refused) {
            audit.write(
                    "try-external-id", role.value(), actor, refused.getClass().getSimpleName());
            throw refused;
        }
        return true;
    }

    /**
     * Counts an ID among the tenant's reserved ones, until a proof shows that a role accepts it: one that nobody holds yet, and
     * that is stored without a proof.
     *
     * @throws TooManyReservations where the tenant has as many as it may
     */
    public void storedUnproved(Actor actor, ExternalId externalId) {
        reservations.take(actor.tenant(), ExpiringId.of(externalId, reservedUntil()));
    }

    /** Keeps an ID that a role has accepted for the tenant, until it adds its integration. Does nothing if it is claimed. */
    public void acceptedInDraft(Tenant tenant, ExternalId externalId) {
        Instant until = reservedUntil();
        contention.settled(() -> {
            claims.reserveProved(tenant, externalId, until);
            return true;
        });
    }

    /** Notes that a role has accepted the ID of an integration, which gives back the place that the ID has taken. */
    public void accepted(Tenant tenant, ExternalId externalId) {
        contention.settled(() -> {
            claims.proved(tenant, externalId);
            return true;
        });
    }

    private Instant reservedUntil() {
        return time.instant().plus(config.externalId().reservation()).truncatedTo(ChronoUnit.SECONDS);
    }
}
