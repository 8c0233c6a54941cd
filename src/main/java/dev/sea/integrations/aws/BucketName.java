package dev.sea.integrations.aws;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.RuleViolation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a general purpose bucket: 3 to 63 lower-case letters, digits, dots and hyphens. A name that ends with {@code -an}
 * is account-regional: it says which account owns the bucket, and in which region it is. S3 lets nobody else create it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">General purpose bucket
 *     naming rules</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html">Namespaces for general purpose
 *     buckets</a>
 */
public record BucketName(String value) {
    public static final int MIN_LENGTH = 3;
    public static final int MAX_LENGTH = 63;
    /** Matches each, and some names that other rules refuse, as a regular expression. */
    public static final String SHAPE = "[a-z0-9][a-z0-9.-]*[a-z0-9]";

    private static final Pattern CHARACTERS = Pattern.compile("[a-z0-9.-]+");
    private static final Pattern S3_URI = Pattern.compile("(?i)s3://");
    private static final Pattern BUCKET_ARN = Pattern.compile("arn:aws[a-z-]*:s3:::");

    /** What S3 allowed in us-east-1 until March 2018. */
    private static final Pattern LEGACY = Pattern.compile("[A-Za-z0-9._-]{3,255}");

    private static final String LEGACY_ADVICE =
            "Before March 2018, S3 allowed other names in us-east-1. If the bucket really"
                    + " has this name, create another bucket for SEA.";
    private static final Pattern ENDS = Pattern.compile(SHAPE);
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> RESERVED_SUFFIXES =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private static final String REGIONAL_SUFFIX = "-an";
    private static final Pattern REGIONAL =
            Pattern.compile(".+-(" + AccountId.DIGITS + ")-(" + AwsRegion.CODE + ")" + REGIONAL_SUFFIX);

    public BucketName {
        refusePasted(value);
        require(
                value.length() >= MIN_LENGTH && value.length() <= MAX_LENGTH,
                "BUCKET_NAME_LENGTH",
                LEGACY.matcher(value).matches() && value.length() > MAX_LENGTH
                        ? "A bucket name has 3 to 63 characters. " + LEGACY_ADVICE
                        : "A bucket name has 3 to 63 characters.");
        require(
                !LEGACY.matcher(value).matches() || CHARACTERS.matcher(value).matches(),
                "BUCKET_NAME_CHARACTERS",
                "SEA uses buckets whose names have only lower-case letters, digits, '.' and '-'. " + LEGACY_ADVICE);
        require(
                CHARACTERS.matcher(value).matches(),
                "BUCKET_NAME_CHARACTERS",
                "A bucket name has only lower-case letters, digits, '.' and '-'.");
        require(
                ENDS.matcher(value).matches(),
                "BUCKET_NAME_ENDS",
                "A bucket name starts and ends with a letter or digit.");
        require(!value.contains(".."), "BUCKET_NAME_DOTS", "A bucket name has no two dots in a row.");
        require(
                !IP_ADDRESS.matcher(value).matches(),
                "BUCKET_NAME_IP_ADDRESS",
                "A bucket name does not look like an IP address.");
        for (String prefix : RESERVED_PREFIXES) {
            require(
                    !value.startsWith(prefix),
                    "BUCKET_NAME_RESERVED",
                    "AWS reserves bucket names that start with '" + prefix + "'.");
        }
        for (String suffix : RESERVED_SUFFIXES) {
            require(
                    !value.endsWith(suffix),
                    "BUCKET_NAME_RESERVED",
                    "AWS reserves names that end with '" + suffix + "'. Enter the bucket's own name.");
        }
    }

    /**
     * A name that somebody enters. Buckets from before account-regional names may end with {@code -an} in another form, and
     * those that are stored stay readable.
     *
     * @throws RuleViolation when it breaks a rule
     */
    public static BucketName entered(String value) {
        BucketName name = new BucketName(value);
        require(
                !value.endsWith(REGIONAL_SUFFIX) || REGIONAL.matcher(value).matches(),
                "BUCKET_NAME_REGIONAL",
                "A bucket name that ends with '-an' has the form <name>-<account ID of 12 digits>-<Region>-an.");
        return name;
    }

    /** What people paste: each gets a sentence that says what to enter. */
    private static void refusePasted(String value) {
        if (value.startsWith("arn:")) {
            throw new RuleViolation("BUCKET_NAME_IS_ARN", insteadOfArn(value));
        }
        require(
                !S3_URI.matcher(value).lookingAt(),
                "BUCKET_NAME_CHARACTERS",
                "Enter the bucket's name without 's3://'. The name ends before the next '/'; what follows that goes into prefix.");
        require(
                !value.contains("://"),
                "BUCKET_NAME_CHARACTERS",
                "Enter the bucket's name, not a URL. A folder in the bucket goes into prefix.");
        require(
                !value.contains("/"),
                "BUCKET_NAME_CHARACTERS",
                "Enter only what stands before the first '/'. What follows it goes into prefix.");
    }

    private static String insteadOfArn(String arn) {
        if (arn.contains(":accesspoint")) {
            return "This is the ARN of an access point. Enter the name of the bucket that the access point belongs to: SEA's"
                    + " calls go to the bucket itself.";
        }
        if (!BUCKET_ARN.matcher(arn).lookingAt()) {
            return "Enter the name of a general purpose bucket, not the ARN of something else.";
        }
        return arn.contains("/")
                ? "Enter the bucket's name, not an ARN. The name stands between ':::' and the first '/'. A folder that follows"
                        + " goes into prefix."
                : "Enter the bucket's name, not its ARN. The name is what follows the last ':'.";
    }

    /** The account that owns the bucket, if the name is account-regional. */
    public Optional<AccountId> owner() {
        return ofRegional(1).map(AccountId::new);
    }

    /** The region that the bucket is in, if the name is account-regional. */
    public Optional<AwsRegion> region() {
        return ofRegional(2).map(AwsRegion::new);
    }

    private Optional<String> ofRegional(int group) {
        Matcher matcher = REGIONAL.matcher(value);
        return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
