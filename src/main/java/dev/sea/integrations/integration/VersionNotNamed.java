package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** The request does not say which version it changes: 428. */
public final class VersionNotNamed extends ProblemException {

    public VersionNotNamed() {
        this(
                "A change needs If-Match with the ETag of the integration as it was read, so that it cannot undo another change.");
    }

    /** Of something else that has versions. */
    public VersionNotNamed(String detail) {
        super(ProblemType.PRECONDITION_REQUIRED, detail);
    }
}
