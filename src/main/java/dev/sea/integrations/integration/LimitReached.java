package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** The tenant has as many integrations as it may: 409. */
public final class LimitReached extends ProblemException {

    public LimitReached(int limit) {
        super(ProblemType.LIMIT_REACHED, "A tenant has at most " + limit + " integrations.");
    }
}
