package dev.sea.integrations.grant;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** None of this integration's grants to record, or one of which nothing is kept any more: 404. */
public final class NoSuchGrant extends ProblemException {

    public NoSuchGrant() {
        super(ProblemType.NOT_FOUND, "There is no grant to record with this ID.");
    }
}
