package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What the customer's trust policy must require under {@code sts:ExternalId}: 2 to 1,224 characters. It is not a secret.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public record ExternalId(String value) {
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9_+=,.@:/-]*");
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    public ExternalId {
        require(
                value.length() >= 2 && value.length() <= 1224,
                "EXTERNAL_ID_LENGTH",
                "An external ID has 2 to 1,224 characters.");
        require(
                CHARACTERS.matcher(value).matches(),
                "EXTERNAL_ID_CHARACTERS",
                "An external ID has only letters, digits and '_+=,.@:/-'.");
    }

    /** Makes a new one: {@code sea-} and 160 random bits in base32, 36 characters in all. */
    public static ExternalId mint(RandomGenerator random) {
        StringBuilder id = new StringBuilder("sea-");
        for (int i = 0; i < 32; i++) {
            id.append(BASE32.charAt(random.nextInt(32)));
        }
        return new ExternalId(id.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
