package dev.sea.integrations;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What people see of a text, by the properties of its characters.
 *
 * @see <a href="https://www.unicode.org/reports/tr44/">UAX 44, Unicode Character Database</a>
 * @see <a href="https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters">UAX 9, Directional Formatting
 *     Characters</a>
 * @see <a href="https://www.unicode.org/reports/tr36/">UTR 36, Unicode Security Considerations</a>
 */
public final class VisibleText {
    /**
     * Default_Ignorable_Code_Point of Unicode, which {@link Character} does not know. Among them are the joiners of emoji and
     * of Persian and Indic words.
     */
    private static final String IGNORABLE =
            "\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F"
                    + "\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFF8"
                    + "\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}";

    /** White_Space, and the Braille pattern without a dot. */
    private static final String BLANK = "\\p{IsWhite_Space}\\u2800";

    private static final Pattern IGNORABLES = Pattern.compile("[" + IGNORABLE + "]+");
    private static final Pattern BLANKS = Pattern.compile("[" + BLANK + "]+");
    private static final Pattern AROUND = Pattern.compile("^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$");
    private static final Pattern VISIBLE = Pattern.compile("[^" + IGNORABLE + BLANK + "\\p{Cc}\\p{Cf}]");

    private static final Pattern TURNING = Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private VisibleText() {}

    /**
     * Refuses a text with invisible characters that turn the direction of writing: it can show another text than it holds.
     * Scripts that run from right to left need none of them in a short text.
     *
     * @param what what the text is, as the subject of a sentence
     * @throws RuleViolation when it has one
     */
    public static void refuseTurning(String text, String code, String what) {
        RuleViolation.require(
                !TURNING.matcher(text).find(),
                code,
                what
                        + " has no invisible characters that turn the direction of writing, such as U+202E. Type it anew.");
    }

    /** Takes away what Unicode calls white space at both ends. */
    public static String strip(String text) {
        return AROUND.matcher(text).replaceAll("");
    }

    /** Whether there is a character to see. */
    public static boolean hasAny(String text) {
        return VISIBLE.matcher(text).find();
    }

    /**
     * What two texts have in common that look alike: compatible characters as one (NFKC), without ignorable characters, each
     * white space as one blank, in lower case. The skeleton of a skeleton is itself. Letters of different scripts that look
     * alike stay different.
     */
    public static String skeleton(String text) {
        String before;
        String skeleton = text;
        do {
            before = skeleton;
            String plain = Normalizer.normalize(IGNORABLES.matcher(before).replaceAll(""), Normalizer.Form.NFKC);
            skeleton = BLANKS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ");
        } while (!skeleton.equals(before));
        return skeleton;
    }
}
