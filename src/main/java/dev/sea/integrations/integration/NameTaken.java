package dev.sea.integrations.integration;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import java.util.List;

/** The tenant has another integration of this name: 409. */
public final class NameTaken extends ProblemException {

    public NameTaken() {
        super(ProblemType.NAME_TAKEN, "Another integration has this name.");
    }

    @Override
    public List<FieldError> errors() {
        return List.of(new FieldError("/name", "NAME_TAKEN", detail()));
    }
}
