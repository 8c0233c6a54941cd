package dev.sea.integrations.externalid;

import dev.sea.integrations.aws.ExternalId;
import java.time.Instant;

/**
 * A reserved external ID as its tenant's item remembers it, beside others: {@code <epoch seconds>#<hash of the ID>}.
 *
 * @param until when the reservation ends, if nobody uses the ID
 */
record Reservation(Instant until, String hash) {

    static Reservation of(ExternalId externalId, Instant until) {
        return new Reservation(until, ExternalIdClaimStore.hash(externalId));
    }

    static Reservation read(String text) {
        int end = text.indexOf('#');
        return new Reservation(Instant.ofEpochSecond(Long.parseLong(text.substring(0, end))), text.substring(end + 1));
    }

    String text() {
        return until.getEpochSecond() + "#" + hash;
    }
}
