package dev.sea.integrations.store;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/**
 * The record of an integration cannot be read: it breaks a rule that is newer than it, or a newer version of the service wrote
 * it. 500, with a type of its own.
 */
public final class UnreadableIntegration extends ProblemException {

    UnreadableIntegration(String id, RuntimeException cause) {
        super(
                ProblemType.INTEGRATION_UNREADABLE,
                "The stored integration " + id + " cannot be read. Nothing else is affected.");
        initCause(cause);
    }
}
