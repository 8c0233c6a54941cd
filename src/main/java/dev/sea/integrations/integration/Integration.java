package dev.sea.integrations.integration;

import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored integration, and the changes that are allowed to it.
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

    /** Whether its latest report allows activation: FULL and HEALTHY, of this version, and no older than {@code maxAge}. */
    public boolean isProved(Instant now, Duration maxAge) {
        return health.status() == Health.Status.HEALTHY
                && health.fullPass()
                        .filter(pass -> pass.version() == version)
                        .filter(pass -> !pass.at().plus(maxAge).isBefore(now))
                        .isPresent();
    }

    /**
     * The next version. What was proved of this version holds for the next only where nothing changes that a validation
     * looks at. An owner that S3 accepted belongs to its bucket: a change of bucket drops it.
     */
    public Integration edited(Edit edit, Access newAccess, Actor actor, Instant now) {
        Health carried = edit.needsProof(this) ? health : health.carried(version, version + 1);
        Health newHealth = edit.target().bucket().equals(target.bucket()) ? carried : carried.withoutPinnedOwner();
        return new Integration(
                tenant,
                id,
                edit.name(),
                edit.description(),
                state,
                edit.target(),
                edit.sessionMetadata(),
                newAccess,
                newHealth,
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
        return withState(
                State.ACTIVE, health.carried(version, version + 1).scheduled(Optional.of(nextCheck)), actor, now);
    }

    public Integration deactivated(Actor actor, Instant now) {
        if (!isActive()) {
            throw new IllegalStateException(id + " is not active");
        }
        return withState(State.INACTIVE, health.scheduled(Optional.empty()), actor, now);
    }

    private Integration withState(State newState, Health newHealth, Actor actor, Instant now) {
        return new Integration(
                tenant,
                id,
                name,
                description,
                newState,
                target,
                sessionMetadata,
                access,
                newHealth,
                version + 1,
                createdAt,
                createdBy,
                now,
                actor.subject());
    }

    public Integration with(Health newHealth) {
        return new Integration(
                tenant,
                id,
                name,
                description,
                state,
                target,
                sessionMetadata,
                access,
                newHealth,
                version,
                createdAt,
                createdBy,
                updatedAt,
                updatedBy);
    }

    /**
     * The full pass of this version, if no validation since has failed. Its object is then in the bucket, as far as is known.
     */
    public Optional<Health.FullPass> standingPass() {
        return health.fullPass().filter(_ -> health.status() == Health.Status.HEALTHY && health.proves(version));
    }

    /** Whether it is active and was healthy at this version: a denial is then a failure, since nothing new is spreading. */
    public boolean passedBefore() {
        return isActive() && health.proves(version);
    }
}
