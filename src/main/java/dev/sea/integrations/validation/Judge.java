package dev.sea.integrations.validation;

import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.Outcome.Skipped;

/** Makes one check from what AWS answered. Pure: the same findings give the same check. */
interface Judge {
    Skipped WITHOUT_CREDENTIALS = new Skipped("Not tried: the check credentials did not pass.");

    Check judge(Findings found);
}
