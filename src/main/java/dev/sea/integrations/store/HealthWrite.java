package dev.sea.integrations.store;

import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.report.Check;
import java.util.List;
import java.util.Optional;

/**
 * A new state or health in place of another.
 *
 * @param checks that led to it
 * @param lease the sweep's, which must still have it, of an integration that must still be active
 */
public record HealthWrite(Integration before, Integration after, List<Check> checks, Optional<String> lease) {

    Optional<HealthChange> change() {
        return HealthChange.between(before, after, checks);
    }
}
