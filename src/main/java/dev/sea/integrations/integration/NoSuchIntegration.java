package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** Not in this tenant: 404, the same whether another tenant has it, nobody has it, or it is no ID at all. */
public final class NoSuchIntegration extends ProblemException {

    public NoSuchIntegration() {
        super(ProblemType.NOT_FOUND, "There is no integration with this ID.");
    }
}
