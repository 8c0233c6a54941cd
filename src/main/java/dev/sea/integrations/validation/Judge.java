package dev.sea.integrations.validation;

/** Judges one check from what AWS answered. Pure: the same findings give the same check. */
interface Judge {
    Check judge(Findings found);
}
