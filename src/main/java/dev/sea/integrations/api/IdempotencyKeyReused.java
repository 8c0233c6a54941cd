package dev.sea.integrations.api;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** The idempotency key was used for a different request: 422. */
public final class IdempotencyKeyReused extends ProblemException {

    public IdempotencyKeyReused() {
        super(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for a different request in the last 24 hours. Use a new one.");
    }
}
