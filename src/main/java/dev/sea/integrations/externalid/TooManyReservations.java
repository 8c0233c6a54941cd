package dev.sea.integrations.externalid;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** The tenant has as many reserved, unused external IDs as it may: 409 until one is used or expires. */
public final class TooManyReservations extends ProblemException {

    public TooManyReservations(int limit) {
        super(
                ProblemType.LIMIT_REACHED,
                "A tenant has at most " + limit
                        + " reserved external IDs. Use one of them, or wait until one expires.");
    }
}
