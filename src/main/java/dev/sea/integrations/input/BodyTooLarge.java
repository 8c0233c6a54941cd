package dev.sea.integrations.input;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** 413, said by ourselves well below the server's own limit, whose answer has no body. */
public final class BodyTooLarge extends ProblemException {
    /** In bytes. */
    public static final int LIMIT = 64 * 1024;

    public BodyTooLarge() {
        super(ProblemType.BODY_TOO_LARGE, "A body has at most " + LIMIT / 1024 + " KiB.");
    }
}
