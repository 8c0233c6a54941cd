package dev.sea.integrations.grant;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.Ulid;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** {@code grt_} and a {@link Ulid}, so that IDs of an integration sort by the time of the grant. */
public record GrantId(String value) {
    private static final String PREFIX = "grt_";
    /** Matches each, as a regular expression. */
    public static final String SHAPE = PREFIX + Ulid.SHAPE;

    private static final Pattern WHOLE = Pattern.compile(SHAPE);

    public GrantId {
        RuleViolation.require(isId(value), "GRANT_ID", "a grant's ID is grt_ and 26 characters");
    }

    public static boolean isId(String value) {
        return WHOLE.matcher(value).matches();
    }

    public static GrantId next(Instant now, RandomGenerator random) {
        return new GrantId(PREFIX + Ulid.next(now, random));
    }

    /** Sorts before every ID of this time or a later one, and after every earlier one. */
    public static String earliest(Instant time) {
        return PREFIX + Ulid.earliest(time);
    }

    @Override
    public String toString() {
        return value;
    }
}
