package dev.sea.integrations.externalid;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes external IDs for tenants. No other tenant can use one while it is reserved, or ever once it is used. */
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
     * A new external ID.
     *
     * @param expiresAt when the reservation ends, if nobody has used the ID
     */
    public record Reserved(ExternalId externalId, Instant expiresAt) {}

    /**
     * Those that are reserved for a tenant and that no integration has used, by the time at which they end. There are at most as
     * many as the tenant may reserve; each costs one read.
     */
    List<Reserved> reserved(Tenant tenant) {
        return reservations.all(tenant).stream()
                .flatMap(reservation -> claims.reserved(tenant, reservation.hash()).stream()
                        .map(externalId -> new Reserved(externalId, reservation.until())))
                .toList();
    }

    /**
     * Makes and reserves one.
     *
     * @throws TooManyReservations where the tenant has as many unused ones as it may
     */
    public Reserved reserve(Actor actor) {
        ExternalId externalId = ExternalId.mint(random);
        // DynamoDB's time to live counts whole seconds.
        Instant until = time.instant().plus(config.externalId().reservation()).truncatedTo(ChronoUnit.SECONDS);
        // A crash between the two takes up a place until the reservation ends; nobody has seen the ID.
        reservations.take(actor.tenant(), ExpiringId.of(externalId, until));
        return audit.around("reserve-external-id", externalId.value(), actor, () -> {
            claims.reserve(actor.tenant(), externalId, until);
            return new Reserved(externalId, until);
        });
    }
}
