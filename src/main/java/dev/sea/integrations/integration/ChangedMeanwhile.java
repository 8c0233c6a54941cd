package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** Somebody else changed the integration between the reading and the writing. */
public final class ChangedMeanwhile extends ProblemException {

    public ChangedMeanwhile() {
        super(
                ProblemType.CHANGED_MEANWHILE,
                "Somebody changed the integration in the meantime; look at it again and repeat the request.");
    }
}
