package dev.sea.integrations.evidence;

import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.report.FailureCode;
import java.util.Optional;

/** What S3 says about the object of a grant. */
public sealed interface Sighting {

    /**
     * An object is there.
     *
     * @param size in bytes
     * @param sha256 of the whole content; empty where S3 has none, as for an object that came in parts
     * @param inParts whether it came as a multipart upload
     * @param versionId empty in a bucket without versions
     * @param expiration S3's {@code x-amz-expiration}: when a lifecycle rule deletes it, and which
     */
    record There(
            long size,
            Optional<ContentSha256> sha256,
            boolean inParts,
            Optional<String> eTag,
            Optional<String> versionId,
            Optional<String> expiration)
            implements Sighting {}

    /** No object is there. */
    record NotThere() implements Sighting {}

    /**
     * Nobody could look. That says nothing about the object.
     *
     * @param passing whether it may pass by itself within minutes
     */
    record Unknown(FailureCode why, boolean passing) implements Sighting {}
}
