package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.externalid.ReservationStore.Reservation;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** External IDs made for tenants: nobody else can use one while it is reserved, nor ever once it is used. */
@ApplicationScoped
public class ExternalIds {
    private final ReservationStore reservations;
    private final ExternalIdClaimStore claims;
    private final AuditLog audit;
    private final SeaConfig config;
    private final RandomGenerator random;
    private final InstantSource time;

    ExternalIds(
            ReservationStore reservations,
            ExternalIdClaimStore claims,
            AuditLog audit,
            SeaConfig config,
            RandomGenerator random,
            InstantSource time) {
        this.reservations = reservations;
        this.claims = claims;
        this.audit = audit;
        this.config = config;
        this.random = random;
        this.time = time;
    }

    /**
     * A new one.
     *
     * @param expiresAt when it is given up, if nobody has used it
     */
    public record Reserved(ExternalId externalId, Instant expiresAt) {}

    /**
     * Makes and reserves one.
     *
     * @throws TooManyReservations where the tenant has as many unused ones as it may
     */
    public Reserved reserve(Actor actor) {
        ExternalId externalId = ExternalId.mint(random);
        // Whole seconds, which is what DynamoDB's time to live counts in.
        Instant until = time.instant().plus(config.externalId().reservation()).truncatedTo(ChronoUnit.SECONDS);
        // A crash in between holds a place, and no ID that anybody has seen, until its time is over.
        reservations.take(actor.tenant(), Reservation.of(externalId, until));
        claims.reserve(actor.tenant(), externalId, until);
        audit.changed("reserve-external-id", externalId.value(), actor);
        return new Reserved(externalId, until);
    }
}
