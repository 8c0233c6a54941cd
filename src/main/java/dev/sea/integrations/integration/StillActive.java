package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** An active integration cannot be deleted: 409. */
public final class StillActive extends ProblemException {

    public StillActive() {
        super(ProblemType.STILL_ACTIVE, "An active integration cannot be deleted. Deactivate it first.");
    }
}
