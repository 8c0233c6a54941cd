package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** Not in this tenant: the same answer whether another one has it, nobody, or it is no ID at all. */
public final class NoSuchIntegration extends ProblemException {

    public NoSuchIntegration() {
        super(ProblemType.NOT_FOUND, "There is no integration of this ID.");
    }
}
