package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;

/** An earlier attempt of the same request created the integration, and somebody has deleted it since: 409. */
public final class CreatedAndDeleted extends ProblemException {

    public CreatedAndDeleted(IntegrationId id) {
        super(
                ProblemType.CREATED_AND_DELETED,
                "An earlier attempt of this request created " + id
                        + ", and it was deleted since. Use a new Idempotency-Key to create it anew.");
    }
}
