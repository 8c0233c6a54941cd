package dev.sea.integrations.evidence;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a grant to record. */
@Schema(name = "GrantState")
public enum GrantState {
    /** The recorder has said nothing yet, and no sweep has found out. */
    OPEN,
    /** S3 has the object, and it is the one that was granted. */
    STORED,
    /** The recorder said that it could not store. */
    FAILED,
    /** A day after the grant's end S3 does not have the object, or it has another one under the key. */
    MISSING,
    /** For a week after the grant's end nobody could look, or the integration is gone. Nobody knows whether it was stored. */
    UNVERIFIED
}
