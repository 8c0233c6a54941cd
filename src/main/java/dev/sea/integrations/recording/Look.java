package dev.sea.integrations.recording;

import dev.sea.integrations.grant.SessionUse;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.GrantPolicy;

/** What the service itself looks at in a customer's bucket. */
enum Look implements SessionUse {
    LIST("list recordings"),
    DESCRIBE("describe a recording");

    private final String words;

    Look(String words) {
        this.words = words;
    }

    @Override
    public GrantPolicy policy(Integration integration, Target target) {
        return switch (this) {
            case LIST -> GrantPolicy.toList(target);
            case DESCRIBE -> GrantPolicy.toDescribe(target, integration.sessionMetadata());
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
