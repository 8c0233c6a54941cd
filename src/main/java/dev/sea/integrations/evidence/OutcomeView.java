package dev.sea.integrations.evidence;

import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.evidence.Sighting.There;
import dev.sea.integrations.evidence.TrackedGrant.Failure;
import dev.sea.integrations.evidence.TrackedGrant.Reason;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A grant to record and its outcome, as the API shows them. Never with a URL or credentials: those are not kept.
 *
 * @param key relative to the prefix that the integration had
 * @param size in bytes, as granted
 * @param settledAt when it came into this state; null while open
 * @param receipt what S3 has; null unless stored
 * @param httpStatus what the recorder was told by S3 in place of success, if it said so
 */
@Schema(name = "GrantOutcome")
public record OutcomeView(
        String id,
        GrantState state,
        @Nullable Reason reason,
        String key,
        long size,
        String region,
        String bucket,
        Instant grantedAt,
        Instant expiresAt,
        @Nullable Instant settledAt,
        @Nullable ReceiptView receipt,
        @Nullable Integer httpStatus,
        @Nullable String errorCode) {

    /**
     * What S3 has.
     *
     * @param sha256 the base64 of the content's SHA-256, as granted; null where S3 has none because the object came in parts
     * @param versionId null in a bucket without versions
     * @param expiration S3's x-amz-expiration: when a lifecycle rule deletes the object, and which; null if none does
     */
    @Schema(name = "Receipt")
    public record ReceiptView(
            long size,
            @Nullable String sha256,
            @Nullable String eTag,
            @Nullable String versionId,
            @Nullable String expiration,
            Instant provedAt) {

        private static ReceiptView of(There object, Instant provedAt) {
            return new ReceiptView(
                    object.size(),
                    object.sha256().map(ContentSha256::value).orElse(null),
                    object.eTag().orElse(null),
                    object.versionId().orElse(null),
                    object.expiration().orElse(null),
                    provedAt);
        }
    }

    /**
     * A page of an integration's grants, newest first.
     *
     * @param nextCursor null on the last page
     */
    public record OutcomePageView(
            List<OutcomeView> items, @Nullable String nextCursor) {}

    static OutcomeView of(TrackedGrant tracked) {
        return new OutcomeView(
                tracked.grant().id().value(),
                tracked.state(),
                tracked.reason().orElse(null),
                tracked.grant().key().value(),
                tracked.grant().contentLength(),
                tracked.grant().location().region().id(),
                tracked.grant().location().bucket().value(),
                tracked.grant().grantedAt(),
                tracked.grant().expiresAt(),
                tracked.settledAt().orElse(null),
                tracked.seen()
                        .filter(_ -> tracked.state() == GrantState.STORED)
                        .map(object ->
                                ReceiptView.of(object, tracked.settledAt().orElseThrow()))
                        .orElse(null),
                tracked.told().flatMap(Failure::httpStatus).orElse(null),
                tracked.told().flatMap(Failure::errorCode).orElse(null));
    }
}
