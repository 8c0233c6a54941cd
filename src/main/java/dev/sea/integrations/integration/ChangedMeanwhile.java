package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** Another request changed the integration between the read and the write: 409. */
public final class ChangedMeanwhile extends ProblemException {

    public ChangedMeanwhile() {
        super(
                ProblemType.CHANGED_MEANWHILE,
                "Another request changed the integration meanwhile. Read it again and repeat the request.");
    }
}
