package dev.sea.integrations.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What S3 knows of one object. What S3 does not tell is left out. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RecordingMetadata", description = "What S3 knows of one object. What S3 does not tell is left out.")
public record RecordingMetadata(
        @Schema(description = "Relative to the integration's prefix", examples = "2026/11/28/9f2c.mp4")
        String key,

        @Schema(description = "Which of the integration's targets the object is in", examples = "1")
        long targetRevision,

        @Schema(description = "In bytes", examples = "48211094")
        long size,

        Instant lastModified,
        @Schema(examples = "video/mp4") @Nullable String contentType,
        @Nullable Checksum checksum,

        @Schema(description = "In buckets with versioning", examples = "3HL4kqtJvjVBH40Nrjfkd") @Nullable
        String versionId,

        @Nullable Encryption encryption,

        @Schema(
                description =
                        "STANDARD, or where the bucket's owner has moved it. From an archive it cannot be played.",
                examples = "STANDARD")
        String storageClass,

        @Nullable Expiry expiry,

        @Schema(
                description =
                        "Left out if SEA may not read them (check tagging), or if the integration has sessionMetadata=false",
                examples = "{\"session\": \"9f2c\"}")
        @Nullable
        Map<String, String> tags) {

    /** The SHA-256 that S3 keeps with the object. */
    @RegisterForReflection
    @Schema(name = "RecordingChecksum", description = "The SHA-256 that S3 keeps with the object")
    public record Checksum(
            @Schema(
                    description = "Base64; of COMPOSITE with the number of parts",
                    examples = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
            String sha256,

            @Schema(
                    description = "FULL_OBJECT: of the content. COMPOSITE: of the checksums of the parts of an upload.",
                    enumeration = {"FULL_OBJECT", "COMPOSITE"})
            String type) {
        private static final Pattern OF_PARTS = Pattern.compile(".+-[0-9]+");

        static Checksum of(String sha256) {
            return new Checksum(sha256, OF_PARTS.matcher(sha256).matches() ? "COMPOSITE" : "FULL_OBJECT");
        }
    }

    /** How S3 encrypts the object. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RecordingEncryption", description = "How S3 encrypts the object")
    public record Encryption(
            @Schema(examples = "aws:kms") String algorithm,

            @Schema(examples = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab") @Nullable
            String kmsKeyArn) {}

    /** When a lifecycle rule of the bucket removes the object. */
    @RegisterForReflection
    @Schema(name = "RecordingExpiry", description = "When a lifecycle rule of the bucket removes the object")
    public record Expiry(
            Instant at,

            @Schema(description = "The rule's ID", examples = "thirty days")
            String rule) {
        private static final Pattern HEADER = Pattern.compile("expiry-date=\"([^\"]+)\", *rule-id=\"([^\"]*)\"");

        /**
         * Reads {@code x-amz-expiration}; empty if it cannot be read. The rule's ID is URL-encoded in it.
         *
         * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject, x-amz-expiration</a>
         */
        static Optional<Expiry> of(@Nullable String header) {
            Matcher found = HEADER.matcher(header == null ? "" : header);
            if (!found.matches()) {
                return Optional.empty();
            }
            try {
                Instant at = ZonedDateTime.parse(found.group(1), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return Optional.of(new Expiry(at, URLDecoder.decode(found.group(2), StandardCharsets.UTF_8)));
            } catch (DateTimeParseException | IllegalArgumentException garbled) {
                return Optional.empty();
            }
        }
    }

    static RecordingMetadata of(
            String key, long targetRevision, HeadObjectResponse head, Optional<Map<String, String>> tags) {
        return new RecordingMetadata(
                key,
                targetRevision,
                head.contentLength(),
                head.lastModified(),
                head.contentType(),
                Optional.ofNullable(head.checksumSHA256()).map(Checksum::of).orElse(null),
                head.versionId(),
                Optional.ofNullable(head.serverSideEncryptionAsString())
                        .map(algorithm -> new Encryption(algorithm, head.ssekmsKeyId()))
                        .orElse(null),
                Optional.ofNullable(head.storageClassAsString()).orElse("STANDARD"),
                Expiry.of(head.expiration()).orElse(null),
                tags.orElse(null));
    }
}
