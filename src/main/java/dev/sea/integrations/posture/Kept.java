package dev.sea.integrations.posture;

import dev.sea.integrations.aws.KmsKeyArn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the bucket keeps an object, as S3's answer to an upload or a read tells it.
 *
 * @param versioned whether the upload made a version; empty of a read, whose version may be older than the bucket's setting
 * @param expiry when a lifecycle rule deletes it; empty if none does
 * @param bucketKey whether S3 uses a Bucket Key; empty if the object is not encrypted by SSE-KMS, since DSSE-KMS has none
 * @param key that encrypts it, as far as S3 names one
 * @param writtenAt when it was written; empty of an upload
 */
public record Kept(
        Optional<Boolean> versioned,
        Optional<Expiry> expiry,
        Optional<Boolean> bucketKey,
        Optional<KmsKeyArn> key,
        Optional<Instant> writtenAt) {

    private static final Pattern EXPIRATION = Pattern.compile("expiry-date=\"([^\"]*)\", rule-id=\"([^\"]*)\"");
    private static final Pattern INVISIBLE = Pattern.compile("[^\\p{L}\\p{N}\\p{P}\\p{S} ]");

    /** What S3 sends for an object without a version of its own. */
    private static final String NO_VERSION = "null";

    /**
     * When a lifecycle rule deletes an object.
     *
     * @param rule its name, without what cannot be seen
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#API_PutObject_ResponseSyntax">PutObject,
     *     x-amz-expiration</a>
     */
    public record Expiry(Instant at, String rule) {

        /** Reads {@code x-amz-expiration}; empty if there is none, or none that can be read. */
        public static Optional<Expiry> of(@Nullable String header) {
            return header == null
                    ? Optional.empty()
                    : EXPIRATION.matcher(header).results().findFirst().flatMap(Expiry::read);
        }

        private static Optional<Expiry> read(MatchResult header) {
            try {
                Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.group(1)));
                // S3 encodes a blank as %20; a plus sign stands for itself.
                String rule = URLDecoder.decode(header.group(2).replace("+", "%2B"), StandardCharsets.UTF_8);
                return Optional.of(new Expiry(at, INVISIBLE.matcher(rule).replaceAll("")));
            } catch (DateTimeException | IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }
    }

    /** Whether this version ID is one; S3 sends none, or {@code null}, where versioning is off or suspended. */
    public static boolean isVersion(@Nullable String id) {
        return id != null && !id.equals(NO_VERSION);
    }
}
