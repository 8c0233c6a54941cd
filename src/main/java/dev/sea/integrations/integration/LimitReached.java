package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** A tenant has as many integrations as it may, or an integration as many former targets: 409. */
public final class LimitReached extends ProblemException {

    public LimitReached(int limit) {
        this("A tenant has at most " + limit + " integrations.");
    }

    LimitReached(String detail) {
        super(ProblemType.LIMIT_REACHED, detail);
    }
}
