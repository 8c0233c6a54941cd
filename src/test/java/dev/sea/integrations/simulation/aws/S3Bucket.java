package dev.sea.integrations.simulation.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** A bucket of {@link S3Model}, and how its owner has set it up. */
public final class S3Bucket {
    private final String name;
    private final String account;
    private final NavigableMap<String, StoredObject> objects = new TreeMap<>();
    private boolean versioned;
    private boolean isPublic;
    private @Nullable String key;
    private @Nullable String expiration;
    private int writes;

    S3Bucket(String name, String account) {
        this.name = name;
        this.account = account;
    }

    /**
     * An object as it is stored.
     *
     * @param sha256 that the upload told, in base64
     * @param kmsKey the ARN of its key; empty for one under a key of S3's own
     */
    public record StoredObject(
            SdkBytes content,
            String contentType,
            String eTag,
            Optional<String> sha256,
            Optional<String> kmsKey,
            Optional<String> version,
            Map<String, String> tags,
            Instant writtenAt) {}

    public String name() {
        return name;
    }

    /** The account that owns it. */
    String account() {
        return account;
    }

    S3Bucket versioned(boolean itIs) {
        versioned = itIs;
        return this;
    }

    /** Whether anybody may read and list. */
    S3Bucket isPublic(boolean itIs) {
        isPublic = itIs;
        return this;
    }

    boolean isPublic() {
        return isPublic;
    }

    /** The ARN of the key under which objects come that name none; null for S3's own keys. */
    S3Bucket encryptedBy(@Nullable String keyArn) {
        key = keyArn;
        return this;
    }

    /** What S3 tells of the lifecycle rule that removes objects; null where there is none. */
    S3Bucket expiring(@Nullable String header) {
        expiration = header;
        return this;
    }

    @Nullable
    String expiration() {
        return expiration;
    }

    Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** All objects by key. */
    public NavigableMap<String, StoredObject> objects() {
        return objects;
    }

    /** Stores an object as somebody does whose rights are not in question. */
    public StoredObject put(
            String objectKey,
            byte[] content,
            String contentType,
            Optional<String> sha256,
            Optional<String> kmsKey,
            Instant now) {
        writes++;
        StoredObject stored = new StoredObject(
                SdkBytes.fromByteArray(content),
                contentType,
                eTag(content, kmsKey),
                sha256,
                kmsKey,
                versioned ? Optional.of("version" + writes) : Optional.empty(),
                Map.of(),
                now);
        objects.put(objectKey, stored);
        return stored;
    }

    /** The MD5 of the content, unless a KMS key encrypts it: then it is just unlike others. */
    private String eTag(byte[] content, Optional<String> kmsKey) {
        byte[] digest = digest("MD5", kmsKey.isPresent() ? (name + writes).getBytes(StandardCharsets.UTF_8) : content);
        return '"' + HexFormat.of().formatHex(digest) + '"';
    }

    static String sha256(byte[] content) {
        return Base64.getEncoder().encodeToString(digest("SHA-256", content));
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
