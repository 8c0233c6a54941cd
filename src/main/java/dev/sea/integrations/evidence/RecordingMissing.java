package dev.sea.integrations.evidence;

import dev.sea.integrations.event.BusEvent;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.evidence.TrackedGrant.Reason;
import dev.sea.integrations.grant.RecordGrant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * The detail of the event {@code Recording Missing}: what was granted is not in the bucket.
 *
 * @param key relative to the prefix that the integration had
 * @param size in bytes, as granted
 * @param reason NOT_FOUND, or MISMATCH where another object has the key
 */
@RegisterForReflection
record RecordingMissing(
        String tenant,
        String integration,
        String grant,
        String region,
        String bucket,
        String key,
        long size,
        Instant grantedAt,
        Instant expiresAt,
        Reason reason,
        Instant missingSince)
        implements BusEvent {

    static RecordingMissing of(TrackedGrant missing) {
        RecordGrant grant = missing.grant();
        return new RecordingMissing(
                grant.tenant().id(),
                grant.integration().value(),
                grant.id().value(),
                grant.location().region().id(),
                grant.location().bucket().value(),
                grant.key().value(),
                grant.contentLength(),
                grant.grantedAt(),
                grant.expiresAt(),
                missing.reason().orElseThrow(),
                missing.settledAt().orElseThrow());
    }

    @Override
    public String detailType() {
        return "Recording Missing";
    }

    @Override
    public String eventId() {
        return "missing#" + grant;
    }

    @Override
    public Instant at() {
        return missingSince;
    }

    @Override
    public String logLine() {
        return "recording of %s in %s is missing: %s".formatted(grant, integration, reason);
    }

    @Override
    public void count(Metrics metrics) {
        metrics.recordingMissing();
    }
}
