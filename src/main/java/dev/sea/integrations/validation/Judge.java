package dev.sea.integrations.validation;

import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Skipped;
import java.util.Optional;

/** Makes one check from what AWS answered. Pure: the same findings give the same check. */
interface Judge {
    Skipped WITHOUT_CREDENTIALS = new Skipped("Not tried: the check credentials did not pass.");
    Skipped UNGUARDED =
            new Skipped("Not tried: the check external-id-enforced did not pass, and SEA uses a role only after that.");

    Check judge(Findings found);

    /** Why nothing was asked of the bucket and its key; empty if the customer's credentials were used. */
    static Optional<Outcome> untried(Findings found) {
        if (!found.credentials().isGiven()) {
            return Optional.of(WITHOUT_CREDENTIALS);
        }
        return found.isRoleGuarded() ? Optional.empty() : Optional.of(UNGUARDED);
    }
}
