package dev.sea.integrations.input;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.client.RegionCatalogue;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code target}, and checks that its Region exists and is in this deployment's partition, and that Region and owner are
 * those in the bucket's name, if the name says them.
 */
@ApplicationScoped
class TargetReader {
    private static final String REGION = "region";
    private static final String BUCKET = "bucket";
    private static final String OWNER = "expectedBucketOwner";
    private static final String KMS_KEY = "kmsKeyArn";

    private final RegionCatalogue regions;
    private final ServiceIdentity service;

    /** {@code target} in the OpenAPI document. */
    public record TargetInput(
            @Schema(required = true, examples = "eu-west-1") String region,

            @Schema(required = true, minLength = 3, maxLength = 63)
            String bucket,

            @Schema(description = "A missing trailing slash is added.", examples = "plant-7/") @Nullable
            String prefix,

            @Schema(pattern = "^[0-9]{12}$") @Nullable String expectedBucketOwner,

            @Schema(description = "Uploads name this key. Without it, the bucket's default encryption applies.")
            @Nullable
            String kmsKeyArn) {}

    TargetReader(RegionCatalogue regions, ServiceIdentity service) {
        this.regions = regions;
        this.service = service;
    }

    Optional<Target> read(InputObject target) {
        target.require(REGION);
        target.require(BUCKET);
        Optional<AwsRegion> region = target.value(REGION, id -> reachable(new AwsRegion(id)));
        Optional<BucketName> bucket = target.value(BUCKET, BucketName::entered);
        KeyPrefix prefix = target.value("prefix", KeyPrefix::entered).orElse(KeyPrefix.NONE);
        Optional<AccountId> owner = target.value(OWNER, AccountId::new);
        Optional<KmsKeyArn> key = target.value(KMS_KEY, KmsKeyArn::new);
        bucket.ifPresent(name -> compareWithName(target, name, region, owner));
        return region.flatMap(where ->
                bucket.flatMap(name -> target.checked(KMS_KEY, () -> new Target(where, name, prefix, owner, key))));
    }

    /** The name of an account-regional bucket says where it is and whose. S3 could only deny calls that say otherwise. */
    private static void compareWithName(
            InputObject target, BucketName bucket, Optional<AwsRegion> region, Optional<AccountId> owner) {
        differing(bucket.region(), region)
                .ifPresent(named -> target.refuse(
                        REGION,
                        "BUCKET_REGION",
                        "The bucket's name says that the bucket is in " + named
                                + ". Set region to that, or correct the bucket's name."));
        differing(bucket.owner(), owner)
                .ifPresent(named -> target.refuse(
                        OWNER,
                        "BUCKET_OWNER",
                        "The bucket's name says that account " + named
                                + " owns the bucket. Set expectedBucketOwner to that, or correct the bucket's name."));
    }

    /** What the name says, if the input says something else. */
    private static <T> Optional<T> differing(Optional<T> named, Optional<T> given) {
        return named.filter(it -> given.filter(other -> !other.equals(it)).isPresent());
    }

    private AwsRegion reachable(AwsRegion region) {
        RuleViolation.require(
                region.partition() == service.partition(),
                "REGION_PARTITION",
                "The Region is in the partition " + region.partition().id() + ", but this service is in "
                        + service.partition().id() + ". Credentials work in one partition only.");
        RuleViolation.require(regions.knows(region), "REGION_UNKNOWN", "AWS has no Region with this ID.");
        return region;
    }
}
