package dev.sea.integrations;

/** A value that breaks a rule. Knows the rule, not the field: whoever reads the input names that. */
public final class RuleViolation extends RuntimeException {
    private final String code;

    /**
     * @param code stable, machine-readable, e.g. {@code BUCKET_NAME_LENGTH}
     * @param message the rule as a sentence; shows the offending value only where it can be no secret
     */
    public RuleViolation(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public static void require(boolean holds, String code, String message) {
        if (!holds) {
            throw new RuleViolation(code, message);
        }
    }
}
