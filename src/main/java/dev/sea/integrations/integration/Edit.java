package dev.sea.integrations.integration;

import java.util.Optional;

/**
 * An integration's new values, checked against all rules of its input.
 *
 * @param access a new one, or empty to keep the present one
 */
public record Edit(
        IntegrationName name,
        Description description,
        Target target,
        boolean sessionMetadata,
        Optional<PresentedAccess> access) {

    /** Whether it changes anything that a validation looks at. */
    public boolean needsProof(Integration integration) {
        return access.isPresent()
                || !target.equals(integration.target())
                || sessionMetadata != integration.sessionMetadata();
    }

    /** The same without a new access. */
    public Edit keepingAccess() {
        return new Edit(name, description, target, sessionMetadata, Optional.empty());
    }

    public boolean changesNothing(Integration integration) {
        return !needsProof(integration)
                && name.equals(integration.name())
                && description.equals(integration.description());
    }
}
