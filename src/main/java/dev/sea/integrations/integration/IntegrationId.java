package dev.sea.integrations.integration;

import dev.sea.integrations.RuleViolation;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * {@code int_} and a <a href="https://github.com/ulid/spec">ULID</a>: 48 bits of time and 80 random bits, so that IDs
 * sort by the time of creation and a page of them is one Query.
 */
public record IntegrationId(String value) {
    private static final String PREFIX = "int_";
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    public static final Pattern SHAPE = Pattern.compile(PREFIX + "[0-7][" + DIGITS + "]{25}");

    public IntegrationId {
        RuleViolation.require(isId(value), "INTEGRATION_ID", "an integration's ID is int_ and 26 characters");
    }

    public static boolean isId(String value) {
        return SHAPE.matcher(value).matches();
    }

    /** From a request's path. Text that is no ID answers as an integration that nobody has. */
    public static IntegrationId ofPath(String segment) {
        if (!isId(segment)) {
            throw new NoSuchIntegration();
        }
        return new IntegrationId(segment);
    }

    public static IntegrationId next(Instant now, RandomGenerator random) {
        StringBuilder id = new StringBuilder(PREFIX);
        for (int shift = 45; shift >= 0; shift -= 5) {
            id.append(DIGITS.charAt((int) (now.toEpochMilli() >>> shift) & 31));
        }
        for (int i = 0; i < 16; i++) {
            id.append(DIGITS.charAt(random.nextInt(32)));
        }
        return new IntegrationId(id.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
