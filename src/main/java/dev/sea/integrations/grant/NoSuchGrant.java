package dev.sea.integrations.grant;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** The integration has no grant to record with this ID, or it is no longer kept: 404. */
public final class NoSuchGrant extends ProblemException {

    public NoSuchGrant() {
        super(ProblemType.NOT_FOUND, "There is no grant to record with this ID.");
    }
}
