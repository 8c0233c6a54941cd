package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import java.util.Map;

/** Knows where an integration's recordings lie. */
public interface EarlierRecordings {

    /**
     * The last recording with a receipt of each target that has any, of the receipts that are kept: its whole key, by the
     * target's revision. One Query.
     */
    Map<Long, String> lastKeys(Tenant tenant, IntegrationId integration);
}
