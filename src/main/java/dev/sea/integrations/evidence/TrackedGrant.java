package dev.sea.integrations.evidence;

import dev.sea.integrations.evidence.Sighting.There;
import dev.sea.integrations.grant.RecordGrant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A grant to record and what is known of its outcome. What S3 has shown is final. It may replace what a recorder said, or
 * that nobody could look.
 *
 * @param reason why it is in this state; empty while open, when stored, and when the recorder gave no other reason
 * @param seen the object that S3 had at the grant's place: the granted one if it is stored, another one otherwise
 * @param told what the recorder said of its failure
 * @param settledAt when it came into this state; empty while open
 * @param dueAt when a sweep looks next; empty if none does any more
 * @param stamp of the last write that settled it; empty before the first
 */
record TrackedGrant(
        RecordGrant grant,
        GrantState state,
        Optional<Reason> reason,
        Optional<There> seen,
        Optional<Failure> told,
        Optional<Instant> settledAt,
        Optional<Instant> dueAt,
        Optional<String> stamp) {

    /** After which a grant whose object is not there counts as missing. */
    static final Duration MISSING_AFTER = Duration.ofDays(1);

    /** After which nobody tries any more to look. */
    static final Duration UNVERIFIED_AFTER = Duration.ofDays(7);

    /**
     * How long a grant may be open: an hour until its end, the time until the last look, and as much again as a sweep may be
     * late.
     */
    static final Duration OPEN_AT_MOST = UNVERIFIED_AFTER.plusDays(3);

    /** How soon to look again after something that may pass by itself. */
    private static final Duration SOON = Duration.ofHours(1);

    /** How long after a grant's end a sweep looks again, beginning with the second look. */
    private static final List<Duration> LOOKS = Stream.concat(
                    Stream.of(SOON),
                    IntStream.rangeClosed(1, (int) UNVERIFIED_AFTER.toDays()).mapToObj(Duration::ofDays))
            .toList();

    /** Why a grant is in its state. */
    @Schema(name = "GrantReason")
    enum Reason {
        /** MISSING: S3 has no such object. */
        NOT_FOUND,
        /** MISSING: S3 has an object of another size or content under the key. */
        MISMATCH,
        /** FAILED: an object of another size or content was under the key before. */
        CONFLICT,
        /** UNVERIFIED: SEA could not look for a week. */
        NOBODY_COULD_LOOK,
        /** UNVERIFIED: the integration was deleted, and SEA's access with it. */
        INTEGRATION_DELETED
    }

    /** What a recorder got from S3 in place of success. */
    record Failure(Optional<Integer> httpStatus, Optional<String> errorCode) {
        private static final int BAD_REQUEST = 400;
        private static final int FORBIDDEN = 403;
        private static final int PRECONDITION_FAILED = 412;
        private static final Set<String> SESSION_ENDED = Set.of("ExpiredToken", "InvalidToken");

        /** Whether S3 refused the access: it says 400 of a session that has ended, and 403 of one that it does not know. */
        boolean isOfAccess() {
            return httpStatus
                    .filter(status -> status == FORBIDDEN
                            || (status == BAD_REQUEST
                                    && errorCode.filter(SESSION_ENDED::contains).isPresent()))
                    .isPresent();
        }

        /** Whether S3 refused to overwrite an object. */
        boolean isOfExistingObject() {
            return httpStatus.filter(status -> status == PRECONDITION_FAILED).isPresent();
        }
    }

    /** Whether S3 has shown what became of it, so that it stays so. */
    boolean isProved() {
        return switch (state) {
            case STORED, MISSING -> true;
            case FAILED -> reason.isPresent();
            case OPEN, UNVERIFIED -> false;
        };
    }

    /** The day on which it is counted, in UTC: that of the grant, whenever its outcome becomes known. */
    LocalDate day() {
        return dayOf(grant.grantedAt());
    }

    static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** In what an object differs from the granted one; empty if it is that one. */
    List<String> differences(There object) {
        List<String> differences = new ArrayList<>();
        if (object.size() != grant.contentLength()) {
            differences.add("size");
        }
        // S3 keeps no SHA-256 of all that came in parts. A URL is for one part, with its SHA-256.
        if (!object.inParts() && !object.sha256().equals(Optional.of(grant.sha256()))) {
            differences.add("sha256");
        }
        return List.copyOf(differences);
    }

    /** After the recorder said that it could not store. An object that it met is a conflict if it is another one. */
    TrackedGrant failed(Failure failure, Optional<There> met, Instant now) {
        if (met.isPresent()) {
            return met.get().sha256().isPresent() && differences(met.get()).isEmpty()
                    ? stored(met.get(), now)
                    : settled(GrantState.FAILED, Optional.of(Reason.CONFLICT), met, Optional.of(failure), now);
        }
        return state == GrantState.OPEN
                // A sweep looks once more: the recorder may have missed S3's answer.
                ? settled(GrantState.FAILED, Optional.empty(), Optional.empty(), Optional.of(failure), now)
                        .dueAt(dueAt)
                : this;
    }

    /** After S3 has shown the object that the recorder said it stored. */
    TrackedGrant found(There object, Instant now) {
        return differences(object).isEmpty() ? stored(object, now) : mismatched(object, now);
    }

    /** After a sweep has looked: settled, or to be looked at again. */
    TrackedGrant looked(Sighting sighting, Instant now) {
        return switch (sighting) {
            case There object
            when told.filter(Failure::isOfExistingObject).isPresent() -> failed(told.get(), Optional.of(object), now);
            case There object when differences(object).isEmpty() -> stored(object, now);
            case There object when state == GrantState.OPEN -> mismatched(object, now);
            case There _ -> dueAt(Optional.empty());
            case Sighting.NotThere _ when state != GrantState.OPEN -> dueAt(Optional.empty());
            case Sighting.NotThere _ ->
                isOver(MISSING_AFTER, now)
                        ? settled(GrantState.MISSING, Optional.of(Reason.NOT_FOUND), Optional.empty(), told, now)
                        : dueAt(nextLook(now));
            // The only look at it has learned nothing, and another may.
            case Sighting.Unknown(var _, boolean passing)
            when state != GrantState.OPEN ->
                dueAt(passing && !isOver(UNVERIFIED_AFTER, now) ? Optional.of(now.plus(SOON)) : Optional.empty());
            case Sighting.Unknown(var _, boolean passing) ->
                isOver(UNVERIFIED_AFTER, now)
                        ? unverified(Reason.NOBODY_COULD_LOOK, now)
                        : dueAt(passing ? Optional.of(now.plus(SOON)) : nextLook(now));
        };
    }

    /** After the integration is gone, and with it every way to look. */
    TrackedGrant abandoned(Instant now) {
        return state == GrantState.OPEN ? unverified(Reason.INTEGRATION_DELETED, now) : dueAt(Optional.empty());
    }

    private Optional<Instant> nextLook(Instant now) {
        return LOOKS.stream().map(grant.expiresAt()::plus).filter(now::isBefore).findFirst();
    }

    private boolean isOver(Duration afterItsEnd, Instant now) {
        return !now.isBefore(grant.expiresAt().plus(afterItsEnd));
    }

    private TrackedGrant stored(There object, Instant now) {
        return settled(GrantState.STORED, Optional.empty(), Optional.of(object), told, now);
    }

    private TrackedGrant mismatched(There object, Instant now) {
        return settled(GrantState.MISSING, Optional.of(Reason.MISMATCH), Optional.of(object), told, now);
    }

    private TrackedGrant unverified(Reason why, Instant now) {
        return settled(GrantState.UNVERIFIED, Optional.of(why), Optional.empty(), told, now);
    }

    private TrackedGrant settled(
            GrantState itsState, Optional<Reason> why, Optional<There> object, Optional<Failure> failure, Instant now) {
        return new TrackedGrant(grant, itsState, why, object, failure, Optional.of(now), Optional.empty(), stamp);
    }

    private TrackedGrant dueAt(Optional<Instant> next) {
        return new TrackedGrant(grant, state, reason, seen, told, settledAt, next, stamp);
    }
}
