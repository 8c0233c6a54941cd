package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** The request asks for a change of a version that is no longer current: 412. */
public final class OtherVersion extends ProblemException {

    public OtherVersion() {
        this("If-Match names another version of the integration. Read it again and repeat the change.");
    }

    /** Of something else that has versions. */
    public OtherVersion(String detail) {
        super(ProblemType.PRECONDITION_FAILED, detail);
    }
}
