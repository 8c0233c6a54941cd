package dev.sea.integrations.validation;

import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.report.Check;

/** Judges one check from what AWS answered. Pure: the same findings give the same check. */
interface Judge {
    Check judge(Findings found);
}
