package dev.sea.integrations.externalid;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.util.List;

/** This tenant cannot use the external ID: 409. Does not say why, since that would tell of another tenant. */
public final class ExternalIdRefused extends ProblemException {

    public ExternalIdRefused() {
        super(ProblemType.EXTERNAL_ID_REFUSED, "This external ID cannot be used. Choose a new, random one.");
    }

    @Override
    public List<FieldError> errors() {
        return List.of(new FieldError("/access/externalId", "EXTERNAL_ID_REFUSED", detail()));
    }
}
