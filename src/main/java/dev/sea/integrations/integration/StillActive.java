package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** SEA's workflows still use it: 409. */
public final class StillActive extends ProblemException {

    public StillActive() {
        super(ProblemType.STILL_ACTIVE, "An active integration is not deleted; deactivate it first.");
    }
}
