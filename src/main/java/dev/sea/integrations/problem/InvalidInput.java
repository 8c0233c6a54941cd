package dev.sea.integrations.problem;

import java.util.List;

/** The input breaks one rule or more: 400, with all of them in {@code errors}. */
public final class InvalidInput extends ProblemException {
    private final List<FieldError> errors;

    public InvalidInput(List<FieldError> errors) {
        this(ProblemType.INVALID_INPUT, detail(errors), errors);
    }

    private InvalidInput(ProblemType type, String detail, List<FieldError> errors) {
        super(type, detail);
        this.errors = List.copyOf(errors);
    }

    /** For a body that cannot be parsed, so that nothing is known of its members. */
    public static InvalidInput malformed(FieldError error) {
        return new InvalidInput(ProblemType.MALFORMED_BODY, error.message(), List.of(error));
    }

    private static String detail(List<FieldError> errors) {
        return errors.size() == 1 ? errors.getFirst().message() : errors.size() + " rules are broken; see errors.";
    }

    @Override
    public List<FieldError> errors() {
        return errors;
    }
}
