package dev.sea.integrations.integration;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.Partition;
import java.time.Instant;
import java.util.Optional;

/**
 * The bucket, and where in it SEA works.
 *
 * @param expectedBucketOwner sent with every call, so that a bucket deleted and made again by somebody else is refused
 * @param kmsKey named in uploads, for buckets whose policy demands it; otherwise the bucket's own default applies
 */
public record Target(
        AwsRegion region,
        BucketName bucket,
        KeyPrefix prefix,
        Optional<AccountId> expectedBucketOwner,
        Optional<KmsKeyArn> kmsKey) {
    /** Former targets that an integration keeps. Each is some 200 bytes of its record, of which all lists read a page. */
    public static final int MOST_FORMER = 50;

    /**
     * A target that an integration had.
     *
     * @param until when another one took its place
     */
    public record Former(Target target, Instant until) {}

    public Target {
        for (KmsKeyArn key : kmsKey.stream().toList()) {
            require(
                    key.region().equals(region.id()) && key.partition() == region.partition(),
                    "KMS_KEY_REGION",
                    "The KMS key lies in " + key.region() + ", the bucket in " + region
                            + ": S3 takes only keys of the bucket's own region.");
        }
    }

    /** The account that owns the bucket, if that is expected or the bucket's name says it. */
    public Optional<AccountId> owner() {
        return expectedBucketOwner.or(bucket::owner);
    }

    /** This target as one that an integration had, with the account that owns the bucket if that is known. */
    Former until(Instant when, Optional<AccountId> pinnedOwner) {
        return new Former(new Target(region, bucket, prefix, owner().or(() -> pinnedOwner), kmsKey), when);
    }

    public Partition partition() {
        return region.partition();
    }
}
