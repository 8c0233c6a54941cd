package dev.sea.integrations.api;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** A key came with another request before: 422. */
public final class IdempotencyKeyReused extends ProblemException {

    public IdempotencyKeyReused() {
        super(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key came with another request in the last 24 hours; take a new one.");
    }
}
