package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

/**
 * A secret access key: 1 to 128 visible ASCII characters. It never appears in logs and answers. Only the two that must send it,
 * Secrets Manager's client and the signer, call {@link #reveal()}.
 */
public final class SecretAccessKey {
    public static final int MAX_LENGTH = 128;
    private final String value;

    public SecretAccessKey(String value) {
        require(!value.isEmpty(), "SECRET_ACCESS_KEY_LENGTH", "A secret access key is not empty.");
        require(
                value.length() <= MAX_LENGTH,
                "SECRET_ACCESS_KEY_LENGTH",
                "A secret access key has at most " + MAX_LENGTH + " characters.");
        require(
                value.chars().allMatch(c -> c > ' ' && c < 0x7F),
                "SECRET_ACCESS_KEY_CHARACTERS",
                "A secret access key has no white space in or around it and only ASCII characters.");
        this.value = value;
    }

    /** The secret itself. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "****";
    }
}
