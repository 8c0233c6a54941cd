package dev.sea.integrations.integration;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.KmsKeyArn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What validations found of a stored integration. It is no part of the configuration: writing it changes neither version
 * nor ETag.
 *
 * @param since when {@code status} last changed
 * @param checkedAt time of the last validation; while active, of the last one that learned something
 * @param provedAt time of the last validation that learned something
 * @param nextCheckAt while active: when the schedule looks again
 * @param failedChecks IDs of the checks that failed in the last validation that learned something
 * @param failures failed validations in a row
 * @param waits checks in a row that found the access still spreading
 * @param pinnedOwner the bucket's owner as S3 accepted it, where the target expects none
 * @param fullPass the last validation in full that passed
 * @param fullTriedAt time of the last validation in full, whatever it found
 * @param sequence counts the writes of health
 */
public record Health(
        Status status,
        Instant since,
        Optional<Instant> checkedAt,
        Optional<Instant> provedAt,
        Optional<Instant> nextCheckAt,
        String summary,
        List<String> failedChecks,
        int failures,
        int waits,
        Optional<AccountId> pinnedOwner,
        Optional<FullPass> fullPass,
        Optional<Instant> fullTriedAt,
        long sequence) {

    public Health {
        failedChecks = List.copyOf(failedChecks);
    }

    /** Whether the integration works, as far as is known. */
    @Schema(name = "HealthStatus")
    public enum Status {
        /** Never proved. */
        UNKNOWN,
        /** Denied, but IAM may still be spreading a change. */
        PROPAGATING,
        HEALTHY,
        /** Failing, not yet often enough to count as unhealthy. */
        DEGRADED,
        UNHEALTHY,
        /** Active, but for too long no validation has learned anything, so nobody knows whether it works. */
        STALE
    }

    /**
     * SSE-KMS of the object that a validation wrote or read.
     *
     * @param bucketKey whether S3 uses a Bucket Key, which changes the encryption context
     */
    public record ObjectEncryption(KmsKeyArn key, boolean bucketKey) {}

    /**
     * A FULL, HEALTHY report of an integration's version.
     *
     * @param keyAnswersDirectly whether KMS allowed direct calls on the bucket's key, so that a denial of one is news
     * @param encryption of the object in the bucket, as the last validation that passed saw it; empty if it is not by KMS, or if
     *     S3 does not name the key
     * @param guardAgainAt when STS is to be asked once more whether the role requires the external ID. A part of STS that does
     *     not know a new role yet denies everything, and so proves nothing. Empty if the role was known everywhere
     */
    public record FullPass(
            long version,
            Instant at,
            boolean keyAnswersDirectly,
            Optional<ObjectEncryption> encryption,
            Optional<Instant> guardAgainAt) {

        /** After STS has denied again, at this time, what the trust policy must deny. */
        FullPass guarded(Instant now) {
            return new FullPass(version, at, keyAnswersDirectly, encryption, guardAgainAt.filter(now::isBefore));
        }

        FullPass of(long otherVersion) {
            return new FullPass(otherVersion, at, keyAnswersDirectly, encryption, guardAgainAt);
        }

        /** After a validation that passed, and saw the object encrypted like this. */
        public FullPass seen(Optional<ObjectEncryption> itsEncryption) {
            return new FullPass(version, at, keyAnswersDirectly, itsEncryption, guardAgainAt);
        }
    }

    public static Health neverChecked(Instant now) {
        return new Health(
                Status.UNKNOWN,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Never checked",
                List.of(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** Whether this version passed in full, ever. */
    public boolean proves(long version) {
        return fullPass.filter(pass -> pass.version() == version).isPresent();
    }

    /** How long ago the last proof was that learned something. Zero for a time that is still to come. */
    public Duration unprovedFor(Instant now) {
        Duration age = Duration.between(provedAt.orElse(since), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** The same, checked next at the earlier of two times. */
    public Health scheduledNoLaterThan(Optional<Instant> other) {
        boolean earlier = other.isPresent()
                && nextCheckAt.filter(at -> at.isAfter(other.get())).isPresent();
        return earlier ? with(other, pinnedOwner, fullPass, fullTriedAt, sequence) : this;
    }

    /**
     * Nobody knows any more whether it works. What was found before stays, for the next proof to go on from.
     *
     * @param leastFailures failures in a row that it has at least, so that an unhealthy one is unhealthy again at once
     */
    public Health stale(Instant now, Instant next, String why, int leastFailures) {
        return new Health(
                Status.STALE,
                status == Status.STALE ? since : now,
                checkedAt,
                provedAt,
                Optional.of(next),
                why,
                failedChecks,
                Math.max(failures, leastFailures),
                waits,
                pinnedOwner,
                fullPass,
                fullTriedAt,
                sequence + 1);
    }

    public Health scheduled(Optional<Instant> next) {
        return with(next, pinnedOwner, fullPass, fullTriedAt, sequence + 1);
    }

    public Health triedInFull(Instant at) {
        return with(nextCheckAt, pinnedOwner, fullPass, Optional.of(at), sequence);
    }

    /** After a change that needs no proof, what was proved of one version holds for the next. */
    Health carried(long from, long to) {
        return with(pinnedOwner, fullPass.map(pass -> pass.version() == from ? pass.of(to) : pass));
    }

    /** After STS has denied again, at this time, what the trust policy must deny. */
    public Health guarded(Instant now) {
        return with(pinnedOwner, fullPass.map(pass -> pass.guarded(now)));
    }

    /** When STS is to be asked again whether the role requires the external ID, if this version's pass leaves that open. */
    public Optional<Instant> guardAgainAt(long version) {
        return fullPass.filter(pass -> pass.version() == version).flatMap(FullPass::guardAgainAt);
    }

    Health withoutPinnedOwner() {
        return with(Optional.empty(), fullPass);
    }

    private Health with(Optional<AccountId> itsPinnedOwner, Optional<FullPass> itsFullPass) {
        return with(nextCheckAt, itsPinnedOwner, itsFullPass, fullTriedAt, sequence);
    }

    /** What the latest report said stays as it is. */
    private Health with(
            Optional<Instant> next,
            Optional<AccountId> itsPinnedOwner,
            Optional<FullPass> itsFullPass,
            Optional<Instant> itsFullTriedAt,
            long itsSequence) {
        return new Health(
                status,
                since,
                checkedAt,
                provedAt,
                next,
                summary,
                failedChecks,
                failures,
                waits,
                itsPinnedOwner,
                itsFullPass,
                itsFullTriedAt,
                itsSequence);
    }
}
