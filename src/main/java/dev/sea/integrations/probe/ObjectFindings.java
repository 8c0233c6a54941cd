package dev.sea.integrations.probe;

import java.util.Optional;

/**
 * What S3's answer to a call tells, beside that the call is allowed.
 *
 * @param written whether the call wrote the object
 * @param encryption of the object written or read; absent if it is not by KMS, or if there was no object
 */
public record ObjectFindings(boolean written, Optional<Encryption> encryption) {
    static final ObjectFindings NONE = new ObjectFindings(false, Optional.empty());
}
