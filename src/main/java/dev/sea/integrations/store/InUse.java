package dev.sea.integrations.store;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.util.Map;

/** Recordings go to the integration, or it stands by for them, so it can be neither deactivated nor deleted: 409. */
public final class InUse extends ProblemException {
    private final String integration;

    InUse(IntegrationId integration) {
        super(
                ProblemType.IN_USE,
                "Recordings go to " + integration
                        + ", or it stands by for them. Choose another destination of recordings first (PUT or DELETE"
                        + " /v1/destinations/recordings).");
        this.integration = integration.value();
    }

    /** What uses it. */
    @Override
    public Map<String, Object> extensions() {
        return Map.of("integration", integration, "usedBy", "/v1/destinations/recordings");
    }
}
