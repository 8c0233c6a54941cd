package dev.sea.integrations.aws;

import java.util.Optional;

/**
 * Where an object is, whatever becomes of the integration's target.
 *
 * @param key the whole one, with the prefix
 * @param expectedOwner the account that must own the bucket; empty where nobody knows it
 * @param kmsKey that encrypts the object; empty where the bucket's default applies
 */
public record ObjectLocation(
        AwsRegion region,
        BucketName bucket,
        String key,
        Optional<AccountId> expectedOwner,
        Optional<KmsKeyArn> kmsKey) {}
