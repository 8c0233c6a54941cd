package dev.sea.integrations.integration;

import dev.sea.integrations.aws.KmsKeyArn;

/**
 * SSE-KMS of the object that a validation wrote or read.
 *
 * @param bucketKey whether S3 uses a Bucket Key, which changes the encryption context
 */
public record ObjectEncryption(KmsKeyArn key, boolean bucketKey) {}
