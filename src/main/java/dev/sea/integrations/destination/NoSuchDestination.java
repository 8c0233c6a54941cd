package dev.sea.integrations.destination;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** The tenant has set no destination of recordings: 404. */
final class NoSuchDestination extends ProblemException {

    NoSuchDestination() {
        super(ProblemType.NOT_FOUND, "No destination of recordings is set.");
    }
}
