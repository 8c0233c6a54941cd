package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.client.ObjectRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What somebody asks a grant for. */
sealed interface Wanted {
    /** A header, or a parameter that stands for it. */
    String EXPECTED_OWNER = "x-amz-expected-bucket-owner";

    ObjectKey key();

    GrantInput.Form form();

    /** How long a URL shall be valid, in whole seconds. */
    Duration lifetime();

    /** What the holder of a URL asks S3 for. */
    ObjectRequest request(ObjectLocation object);

    /** Of the integration's targets; empty for the current one. */
    default Optional<Integer> targetRevision() {
        return Optional.empty();
    }

    default Purpose purpose() {
        return switch (this) {
            case Recording _ -> Purpose.RECORD;
            case Playback _ -> Purpose.PLAY;
        };
    }

    /**
     * To store an object.
     *
     * @param contentLength in bytes
     */
    record Recording(
            ObjectKey key,
            GrantInput.Form form,
            Duration lifetime,
            long contentLength,
            ContentSha256 sha256,
            ContentType contentType)
            implements Wanted {

        @Override
        public ObjectRequest request(ObjectLocation object) {
            Map<String, String> headers = new HashMap<>();
            headers.put("content-length", Long.toString(contentLength));
            headers.put("content-type", contentType.value());
            headers.put("if-none-match", "*");
            headers.put("x-amz-checksum-sha256", sha256.value());
            object.expectedOwner().ifPresent(owner -> headers.put(EXPECTED_OWNER, owner.value()));
            object.kmsKey().ifPresent(kmsKey -> {
                headers.put("x-amz-server-side-encryption", "aws:kms");
                headers.put("x-amz-server-side-encryption-aws-kms-key-id", kmsKey.value());
            });
            return new ObjectRequest(
                    ObjectRequest.Method.PUT, object.region(), object.bucket(), object.key(), headers, Map.of());
        }
    }

    /**
     * To read an object.
     *
     * @param contentType that S3 shall answer in place of the object's own
     * @param fileName that a browser shall save it under
     */
    record Playback(
            ObjectKey key,
            Optional<Integer> targetRevision,
            GrantInput.Form form,
            Duration lifetime,
            Optional<ContentType> contentType,
            Optional<FileName> fileName)
            implements Wanted {

        /** All that is signed is in the URL: a browser's {@code <video>} sends no headers of ours. */
        @Override
        public ObjectRequest request(ObjectLocation object) {
            Map<String, String> parameters = new HashMap<>();
            object.expectedOwner().ifPresent(owner -> parameters.put(EXPECTED_OWNER, owner.value()));
            contentType.ifPresent(type -> parameters.put("response-content-type", type.value()));
            fileName.ifPresent(name -> parameters.put("response-content-disposition", name.disposition()));
            return new ObjectRequest(
                    ObjectRequest.Method.GET, object.region(), object.bucket(), object.key(), Map.of(), parameters);
        }
    }
}
