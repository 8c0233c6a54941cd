package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the customer's trust policy must require under {@code sts:ExternalId}: 2 to 1,224 characters. It is not a secret.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public record ExternalId(String value) {
    public static final int MIN_LENGTH = 2;
    public static final int MAX_LENGTH = 1224;
    /** Matches each, as a regular expression. */
    public static final String SHAPE = "[A-Za-z0-9_+=,.@:/-]+";

    private static final Pattern CHARACTERS = Pattern.compile(SHAPE);
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern MINTED = Pattern.compile("sea-[a-z2-7]{32}");
    private static final Pattern LETTERS_OR_DIGITS = Pattern.compile("[A-Za-z]+|[0-9]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9]+|[a-f]+|[A-F]+");
    private static final double BITS_OF_A_LETTER = 4.7;
    private static final double BITS_OF_A_DIGIT = 3.3;
    private static final double BITS_OF_A_WORD = 12;
    private static final double FEWEST_BITS = 64;

    public ExternalId {
        require(
                value.length() >= MIN_LENGTH && value.length() <= MAX_LENGTH,
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

    /**
     * Whether somebody who knows the customer could guess the ID. Counts the bits that it has at least: 3.3 for a digit; 4.7
     * for a letter, but at most 12 for letters in a row, since they may be a word; 3.3 for each letter of a hexadecimal number.
     * Signs and repeated characters count nothing. An ID with less than 64 bits is guessable. One that {@link #mint} makes never
     * is.
     */
    public boolean isGuessable() {
        double bits = LETTERS_OR_DIGITS
                .matcher(value)
                .results()
                .mapToDouble(run -> bits(run.group()))
                .sum();
        return bits < FEWEST_BITS && !MINTED.matcher(value).matches();
    }

    private static double bits(String run) {
        long counted = 1
                + IntStream.range(1, run.length())
                        .filter(i -> run.charAt(i) != run.charAt(i - 1))
                        .count();
        return HEXADECIMAL.matcher(run).matches()
                ? counted * BITS_OF_A_DIGIT
                : Math.min(counted * BITS_OF_A_LETTER, BITS_OF_A_WORD);
    }

    @Override
    public String toString() {
        return value;
    }
}
