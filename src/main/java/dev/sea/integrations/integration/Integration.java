package dev.sea.integrations.integration;

import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored integration, and what may become of it.
 *
 * @param version counts changes of configuration and state, from 1; the ETag
 * @param createdBy subject of the token
 */
public record Integration(
        Tenant tenant,
        IntegrationId id,
        IntegrationName name,
        Description description,
        State state,
        Target target,
        boolean sessionMetadata,
        Access access,
        Health health,
        long version,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    public static Integration created(
            IntegrationId id, NewIntegration wanted, Access access, Actor actor, Instant now) {
        return new Integration(
                actor.tenant(),
                id,
                wanted.name(),
                wanted.description(),
                State.INACTIVE,
                wanted.draft().target(),
                wanted.draft().sessionMetadata(),
                access,
                Health.neverChecked(now),
                1,
                now,
                actor.subject(),
                now,
                actor.subject());
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** Whether it may be activated on what is known: its latest report is FULL and HEALTHY, of this version, and fresh. */
    public boolean isProved(Instant now, Duration maxAge) {
        return health.status() == Health.Status.HEALTHY
                && health.fullPass()
                        .filter(pass -> pass.version() == version)
                        .filter(pass -> !pass.at().plus(maxAge).isBefore(now))
                        .isPresent();
    }

    /**
     * The next version. What was proved of this one holds of it only where nothing that can be proved changes; an owner
     * that S3 accepted is that of the bucket it was found on.
     */
    public Integration edited(Edit edit, Access itsAccess, Actor actor, Instant now) {
        Health carried = edit.needsProof(this) ? health : health.carried(version, version + 1);
        Health itsHealth = edit.target().bucket().equals(target.bucket()) ? carried : carried.withoutPinnedOwner();
        return new Integration(
                tenant,
                id,
                edit.name(),
                edit.description(),
                state,
                edit.target(),
                edit.sessionMetadata(),
                itsAccess,
                itsHealth,
                version + 1,
                createdAt,
                createdBy,
                now,
                actor.subject());
    }

    /**
     * The active one.
     *
     * @param nextCheck one interval after the last check, not after the activation
     */
    public Integration activated(Actor actor, Instant now, Instant nextCheck) {
        if (isActive()) {
            throw new IllegalStateException(id + " is active already");
        }
        return in(State.ACTIVE, health.carried(version, version + 1).scheduled(Optional.of(nextCheck)), actor, now);
    }

    public Integration deactivated(Actor actor, Instant now) {
        if (!isActive()) {
            throw new IllegalStateException(id + " is not active");
        }
        return in(State.INACTIVE, health.scheduled(Optional.empty()), actor, now);
    }

    private Integration in(State other, Health itsHealth, Actor actor, Instant now) {
        return new Integration(
                tenant,
                id,
                name,
                description,
                other,
                target,
                sessionMetadata,
                access,
                itsHealth,
                version + 1,
                createdAt,
                createdBy,
                now,
                actor.subject());
    }

    public Integration with(Health other) {
        return new Integration(
                tenant,
                id,
                name,
                description,
                state,
                target,
                sessionMetadata,
                access,
                other,
                version,
                createdAt,
                createdBy,
                updatedAt,
                updatedBy);
    }

    /** Whether it is active and healthy as it is now: what is denied from here on is no change that is still spreading. */
    public boolean passedBefore() {
        return isActive() && health.proves(version);
    }
}
