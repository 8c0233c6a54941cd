package dev.sea.integrations.externalid;

import dev.sea.integrations.aws.ExternalId;
import java.time.Instant;

/**
 * An external ID as one of a tenant's items remembers it for a time, beside others: {@code <epoch seconds>#<hash of the ID>}.
 *
 * @param until when it need no longer be remembered
 */
record ExpiringId(Instant until, String hash) {

    static ExpiringId of(ExternalId externalId, Instant until) {
        return new ExpiringId(until, ExternalIdClaimStore.hash(externalId));
    }

    static ExpiringId read(String text) {
        int end = text.indexOf('#');
        return new ExpiringId(Instant.ofEpochSecond(Long.parseLong(text.substring(0, end))), text.substring(end + 1));
    }

    String text() {
        return until.getEpochSecond() + "#" + hash;
    }

    boolean isOver(Instant now) {
        return !until.isAfter(now);
    }
}
