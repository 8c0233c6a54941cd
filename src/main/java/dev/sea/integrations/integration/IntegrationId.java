package dev.sea.integrations.integration;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.Ulid;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** {@code int_} and a {@link Ulid}, so that IDs sort by the time of creation and a page of them is one Query. */
public record IntegrationId(String value) {
    private static final String PREFIX = "int_";
    public static final Pattern SHAPE = Pattern.compile(PREFIX + Ulid.SHAPE);

    public IntegrationId {
        RuleViolation.require(isId(value), "INTEGRATION_ID", "an integration's ID is int_ and 26 characters");
    }

    public static boolean isId(String value) {
        return SHAPE.matcher(value).matches();
    }

    /** From a request's path. A text that is no ID gets the answer of an ID that nobody has. */
    public static IntegrationId ofPath(String segment) {
        if (!isId(segment)) {
            throw new NoSuchIntegration();
        }
        return new IntegrationId(segment);
    }

    public static IntegrationId next(Instant now, RandomGenerator random) {
        return new IntegrationId(PREFIX + Ulid.next(now, random));
    }

    @Override
    public String toString() {
        return value;
    }
}
