package dev.sea.integrations.grant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a grant is for. */
@Schema(name = "GrantPurpose")
public enum Purpose {
    /** A recorder stores one object, once. */
    RECORD,
    /** A player reads one object. */
    PLAY
}
