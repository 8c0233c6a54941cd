package dev.sea.integrations.grant;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.GrantPolicy;

/** What a session is opened for. Each use has sessions of its own, so that none may do more than it needs. */
public interface SessionUse {
    /**
     * What its sessions may do at most.
     *
     * @param target of the integration, or one that it had
     */
    GrantPolicy policy(Integration integration, Target target);

    /** As in "The integration cannot be used to RECORD". */
    @Override
    String toString();
}
