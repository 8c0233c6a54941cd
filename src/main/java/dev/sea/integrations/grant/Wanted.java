package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ObjectKey;
import java.time.Duration;
import java.util.Optional;

/** What somebody asks a grant for. */
sealed interface Wanted {
    ObjectKey key();

    GrantInput.Form form();

    /** How long a URL shall be valid, in whole seconds. */
    Duration lifetime();

    /** Of the integration's targets; empty for the current one. */
    default Optional<Integer> targetRevision() {
        return Optional.empty();
    }

    default Purpose purpose() {
        return switch (this) {
            case Recording _ -> Purpose.RECORD;
            case Playback _ -> Purpose.PLAY;
        };
    }

    /**
     * To store an object.
     *
     * @param contentLength in bytes
     */
    record Recording(
            ObjectKey key,
            GrantInput.Form form,
            Duration lifetime,
            long contentLength,
            ContentSha256 sha256,
            ContentType contentType)
            implements Wanted {}

    /**
     * To read an object.
     *
     * @param contentType that S3 shall answer in place of the object's own
     * @param fileName that a browser shall save it under
     */
    record Playback(
            ObjectKey key,
            Optional<Integer> targetRevision,
            GrantInput.Form form,
            Duration lifetime,
            Optional<ContentType> contentType,
            Optional<FileName> fileName)
            implements Wanted {}
}
