package dev.sea.integrations.integration;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** A change was asked for on a version that is no more: 412. */
public final class OtherVersion extends ProblemException {

    public OtherVersion() {
        super(
                ProblemType.PRECONDITION_FAILED,
                "The integration is not the version that If-Match names; look at it again and repeat the change.");
    }
}
