package dev.sea.integrations;

/** A value breaks a rule. It names the rule but not the field, which only the reader of the input knows. */
public final class RuleViolation extends RuntimeException {
    private final String code;

    /**
     * @param code for programs and stable, such as {@code BUCKET_NAME_LENGTH}
     * @param message the rule as a sentence; contains the value only where that cannot be a secret
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

    /** Throws a violation unless the rule holds. */
    public static void require(boolean holds, String code, String message) {
        if (!holds) {
            throw new RuleViolation(code, message);
        }
    }
}
