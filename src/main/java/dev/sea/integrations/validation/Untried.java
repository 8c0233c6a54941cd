package dev.sea.integrations.validation;

import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Skipped;
import java.util.Optional;

/** Why nothing was asked of the bucket and its key. */
final class Untried {
    private static final Outcome UNGUARDED =
            new Skipped("Not tried: the check external-id-enforced did not pass, and SEA uses a role only after that.");

    private Untried() {}

    /** Empty if the customer's credentials were used. */
    static Optional<Outcome> in(Findings found) {
        if (!found.credentials().isGiven()) {
            return Optional.of(Judge.WITHOUT_CREDENTIALS);
        }
        return found.isRoleGuarded() ? Optional.empty() : Optional.of(UNGUARDED);
    }
}
