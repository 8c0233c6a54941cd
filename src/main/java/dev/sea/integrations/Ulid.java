package dev.sea.integrations;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What IDs are made of: 48 bits of time and 80 random bits as 26 characters, so that they sort by the time of creation and a
 * page of them is one Query.
 *
 * @see <a href="https://github.com/ulid/spec">ULID</a>
 */
public final class Ulid {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** Matches each, as a regular expression. */
    public static final String SHAPE = "[0-7][" + DIGITS + "]{25}";

    private Ulid() {}

    /** What the IDs of a time start with. It sorts before each of them. */
    public static String earliest(Instant time) {
        StringBuilder start = new StringBuilder(26);
        for (int shift = 45; shift >= 0; shift -= 5) {
            start.append(DIGITS.charAt((int) (time.toEpochMilli() >>> shift) & 31));
        }
        return start.toString();
    }

    public static String next(Instant now, RandomGenerator random) {
        StringBuilder id = new StringBuilder(26).append(earliest(now));
        for (int i = 0; i < 16; i++) {
            id.append(DIGITS.charAt(random.nextInt(32)));
        }
        return id.toString();
    }
}
