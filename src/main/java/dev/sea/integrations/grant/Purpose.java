package dev.sea.integrations.grant;

import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.GrantPolicy;
import dev.sea.integrations.report.CheckId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a grant is for. */
@Schema(name = "GrantPurpose")
public enum Purpose implements SessionUse {
    /** A recorder stores one object, once. */
    RECORD(CheckId.PUT),
    /** A player reads one object. */
    PLAY(CheckId.GET);

    private final CheckId check;

    Purpose(CheckId check) {
        this.check = check;
    }

    /** The checks of a validation without which the purpose cannot be served. Where the bucket's fails, no other was made. */
    private List<CheckId> checks() {
        return List.of(CheckId.CREDENTIALS, CheckId.BUCKET, check);
    }

    /**
     * The checks that say that the purpose cannot be served in a target that the integration had before. That the bucket is
     * gone or another's says nothing of the one before.
     */
    List<CheckId> contradictedInEarlierTarget(Health health) {
        return contradicted(health).stream()
                .filter(failed -> failed != CheckId.BUCKET)
                .toList();
    }

    /**
     * The checks that say that the purpose cannot be served. A failed one counts when the integration is UNHEALTHY, or when
     * nobody knows anything newer. A single failure may pass by itself, and a recording is worth the try.
     */
    public List<CheckId> contradicted(Health health) {
        boolean counts = switch (health.status()) {
            case UNHEALTHY, STALE, UNKNOWN -> true;
            case HEALTHY, DEGRADED, PROPAGATING -> false;
        };
        return checks().stream()
                .filter(failed -> counts && health.failedChecks().contains(failed.id()))
                .toList();
    }

    @Override
    public GrantPolicy policy(Integration integration, Target target) {
        return switch (this) {
            case RECORD -> GrantPolicy.toRecord(target);
            case PLAY -> GrantPolicy.toPlay(target);
        };
    }
}
