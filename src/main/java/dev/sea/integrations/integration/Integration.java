package dev.sea.integrations.integration;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.posture.Posture;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stored integration, and the changes that are allowed to it.
 *
 * @param formerTargets that recordings may still lie in, the first one first. Their places count the revisions of the target,
 *     from 1
 * @param posture the advice that stands; like health no part of the configuration
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
        List<Target.Former> formerTargets,
        boolean sessionMetadata,
        Access access,
        Health health,
        Posture posture,
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
                List.of(),
                wanted.draft().sessionMetadata(),
                access,
                Health.neverChecked(now),
                Posture.NONE,
                1,
                now,
                actor.subject(),
                now,
                actor.subject());
    }

    public Integration {
        formerTargets = List.copyOf(formerTargets);
    }

    /** Which of its targets is the current one, from 1. */
    public int targetRevision() {
        return formerTargets.size() + 1;
    }

    /** The target of a revision; empty if there is none. */
    public Optional<Target> target(long revision) {
        if (revision == targetRevision()) {
            return Optional.of(target);
        }
        return revision < 1 || revision > formerTargets.size()
                ? Optional.empty()
                : Optional.of(formerTargets.get((int) revision - 1).target());
    }

    /** The account that must own the bucket of a revision's target; empty where nobody knows it. */
    public Optional<AccountId> owner(long revision) {
        Optional<AccountId> pinned = revision == targetRevision() ? health.pinnedOwner() : Optional.empty();
        return target(revision).flatMap(Target::owner).or(() -> pinned);
    }

    /**
     * Refuses a change of target where no former one has a place any more.
     *
     * @throws LimitReached so that no earlier recording is lost
     */
    public void requireRoom(Edit edit) {
        if (!edit.target().equals(target) && formerTargets.size() >= Target.MOST_FORMER) {
            throw new LimitReached("An integration keeps " + Target.MOST_FORMER
                    + " former targets, so that its earlier recordings can be played. It has as many, so this target stays."
                    + " Make another integration for the new one.");
        }
    }

    /** The current target keeps the owner that S3 accepted for its bucket. */
    private List<Target.Former> withFormer(Instant now) {
        return Stream.concat(formerTargets.stream(), Stream.of(target.until(now, health.pinnedOwner())))
                .toList();
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** Whether its latest report allows activation: FULL and HEALTHY, of this version, and no older than {@code maxAge}. */
    public boolean isProved(Instant now, Duration maxAge) {
        return health.status() == Health.Status.HEALTHY
                && health.fullPass()
                        .filter(pass -> pass.version() == version
                                && !pass.at().plus(maxAge).isBefore(now))
                        .isPresent();
    }

    /**
     * The next version. What was proved of this version holds for the next only where nothing changes that a validation
     * looks at. An owner that S3 accepted belongs to its bucket: a change of bucket drops it. Advice belongs to its target.
     *
     * @throws LimitReached as {@link #requireRoom}
     */
    public Integration edited(Edit edit, Access newAccess, Actor actor, Instant now) {
        requireRoom(edit);
        Health carried = edit.needsProof(this) ? health : health.carried(version, version + 1);
        Health newHealth = edit.target().bucket().equals(target.bucket()) ? carried : carried.withoutPinnedOwner();
        return new Integration(
                tenant,
                id,
                edit.name(),
                edit.description(),
                state,
                edit.target(),
                edit.target().equals(target) ? formerTargets : withFormer(now),
                edit.sessionMetadata(),
                newAccess,
                newHealth,
                edit.target().equals(target) ? posture : Posture.NONE,
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
        return with(newState, newHealth, posture, version + 1, now, actor.subject());
    }

    public Integration with(Health newHealth) {
        return with(newHealth, posture);
    }

    public Integration with(Health newHealth, Posture newPosture) {
        return with(state, newHealth, newPosture, version, updatedAt, updatedBy);
    }

    private Integration with(
            State newState, Health newHealth, Posture newPosture, long newVersion, Instant at, String by) {
        return new Integration(
                tenant,
                id,
                name,
                description,
                newState,
                target,
                formerTargets,
                sessionMetadata,
                access,
                newHealth,
                newPosture,
                newVersion,
                createdAt,
                createdBy,
                at,
                by);
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
