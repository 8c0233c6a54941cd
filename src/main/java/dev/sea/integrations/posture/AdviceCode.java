package dev.sea.integrations.posture;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the service advises on. Stable, like the codes of failures. */
@Schema(name = "AdviceCode")
public enum AdviceCode {
    /** A recording that somebody overwrites or deletes is lost. */
    NOT_VERSIONED,
    /** A lifecycle rule deletes recordings. */
    EXPIRES,
    /** S3 calls KMS for each object. */
    NO_BUCKET_KEY,
    /** Objects are encrypted with another key than before. */
    KEY_CHANGED(Duration.ofDays(7)),
    /** Anybody can read SEA's objects. */
    PUBLIC_OBJECTS,
    /** Anybody can list SEA's objects. */
    PUBLIC_LISTING,
    /** The bucket's CORS rules do not let the page play recordings. */
    PLAYBACK_CORS_MISSING,
    /** Another integration of the tenant has the same objects, or some of them. */
    OVERLAP,
    /** Somebody who knows the customer could guess the external ID. */
    GUESSABLE_EXTERNAL_ID;

    private final Optional<Duration> lasts;

    /** About a state: it stands as long as the state lasts. */
    AdviceCode() {
        this.lasts = Optional.empty();
    }

    /** About an event: it stands for a while. */
    AdviceCode(Duration lasts) {
        this.lasts = Optional.of(lasts);
    }

    /** How long it stands; empty if it stands until it is no longer seen. */
    Optional<Duration> lasts() {
        return lasts;
    }
}
