package dev.sea.integrations.destination;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a tenant's recordings go.
 *
 * @param secondary takes the recordings while the primary cannot
 * @param standing which of the two takes them now
 * @param version counts the changes that administrators made, from 1; the ETag
 */
record Destination(
        Tenant tenant,
        IntegrationId primary,
        Optional<IntegrationId> secondary,
        Standing standing,
        long version,
        Instant updatedAt,
        String updatedBy) {

    /** Which of a destination's integrations. */
    @Schema(name = "DestinationRole")
    enum Place {
        PRIMARY,
        SECONDARY
    }

    /**
     * Which of the two takes the recordings.
     *
     * @param since when it began to
     * @param readySince while the secondary stands in: since when the primary was first ready again, if that was too early to
     *     return to it. If its health has changed since then, the primary comes and goes
     * @param sequence counts the changes
     */
    record Standing(Place serving, Instant since, Optional<Instant> readySince, long sequence) {

        Standing at(Place other, Instant now) {
            return new Standing(other, now, Optional.empty(), sequence + 1);
        }

        Standing seenReady(Instant primarySince) {
            return new Standing(serving, since, Optional.of(primarySince), sequence);
        }
    }

    /** The integrations, the primary first. */
    List<IntegrationId> integrations() {
        return wanted().integrations();
    }

    /** The integration in a place; empty for a secondary where there is none. */
    Optional<IntegrationId> at(Place place) {
        return place == Place.PRIMARY ? Optional.of(primary) : secondary;
    }

    /** The one that takes the recordings. */
    IntegrationId serving() {
        return at(standing.serving()).orElse(primary);
    }

    Destination with(Standing other) {
        return new Destination(tenant, primary, secondary, other, version, updatedAt, updatedBy);
    }

    /**
     * The destination that an administrator sets. The primary serves until it is found not to be ready.
     *
     * @param before the item as it was
     */
    static Destination of(Wanted wanted, Actor actor, Instant now, DestinationStore.Stored before) {
        return new Destination(
                actor.tenant(),
                wanted.primary(),
                wanted.secondary(),
                new Standing(Place.PRIMARY, now, Optional.empty(), before.sequence() + 1),
                before.version() + 1,
                now,
                actor.subject());
    }

    /** What was wanted when it was set. */
    Wanted wanted() {
        return new Wanted(primary, secondary);
    }

    /** The integrations that an administrator chooses. They differ. */
    record Wanted(IntegrationId primary, Optional<IntegrationId> secondary) {

        /** The primary first. */
        List<IntegrationId> integrations() {
            return Stream.concat(Stream.of(primary), secondary.stream()).toList();
        }

        @Override
        public String toString() {
            return primary + secondary.map(id -> "," + id).orElse("");
        }
    }
}
