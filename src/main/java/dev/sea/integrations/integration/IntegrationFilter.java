package dev.sea.integrations.integration;

import java.util.Optional;

/**
 * Which integrations a list shows.
 *
 * @param namePrefix without regard to case
 */
public record IntegrationFilter(Optional<State> state, Optional<Health.Status> health, Optional<String> namePrefix) {
    public static final IntegrationFilter NONE =
            new IntegrationFilter(Optional.empty(), Optional.empty(), Optional.empty());

    public boolean isEmpty() {
        return equals(NONE);
    }
}
