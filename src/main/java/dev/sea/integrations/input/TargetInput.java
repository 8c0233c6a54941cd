package dev.sea.integrations.input;

import static dev.sea.integrations.rule.BrokenRules.value;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.rule.BrokenRules;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * {@code target}. Its Region exists and is in this deployment's partition, and Region and owner are those in the bucket's name,
 * if the name says them.
 */
@RegisterForReflection
@AcrossMembers
public record TargetInput(
        @NotNull @ValueOf(AwsRegion.class) @Schema(examples = "eu-west-1")
        String region,

        @NotNull @ValueOf(BucketName.class) String bucket,

        @ValueOf(KeyPrefix.class)
        @Schema(description = "A missing trailing slash is added.", examples = "plant-7/")
        @Nullable
        String prefix,

        @ValueOf(AccountId.class) @Nullable String expectedBucketOwner,

        @ValueOf(KmsKeyArn.class)
        @Schema(description = "Uploads name this key. Without it, the bucket's default encryption applies.")
        @Nullable
        String kmsKeyArn)
        implements AcrossMembers.Input {

    @Override
    public void check(Deployment deployment, BrokenRules broken) {
        Optional<AwsRegion> where =
                value(region, AwsRegion::new).flatMap(id -> broken.kept("region", () -> deployment.reachable(id)));
        Optional<BucketName> name = value(bucket, BucketName::entered);
        Optional<AccountId> owner = value(expectedBucketOwner, AccountId::new);
        // The name of an account-regional bucket says where it is and whose. S3 could only deny calls that say
        // otherwise.
        where.ifPresent(
                given -> broken.kept(
                        "region",
                        () -> agreed(
                                name.flatMap(BucketName::region),
                                given,
                                "BUCKET_REGION",
                                "The bucket's name says that the bucket is in %s. Set region to that, or correct the bucket's name.")));
        owner.ifPresent(given -> broken.kept(
                "expectedBucketOwner",
                () -> agreed(
                        name.flatMap(BucketName::owner),
                        given,
                        "BUCKET_OWNER",
                        "The bucket's name says that account %s owns the bucket. Set expectedBucketOwner to that, or correct the"
                                + " bucket's name.")));
        where.ifPresent(region -> name.ifPresent(bucket -> value(kmsKeyArn, KmsKeyArn::new)
                .ifPresent(key -> broken.kept(
                        "kmsKeyArn", () -> new Target(region, bucket, KeyPrefix.NONE, owner, Optional.of(key))))));
    }

    /** What is given, if the bucket's name says nothing else. */
    private static <T> T agreed(Optional<T> named, T given, String code, String message) {
        named.filter(it -> !it.equals(given)).ifPresent(it -> {
            throw new RuleViolation(code, message.formatted(it));
        });
        return given;
    }

    Target target() {
        return new Target(
                new AwsRegion(region),
                BucketName.entered(bucket),
                value(prefix, KeyPrefix::entered).orElse(KeyPrefix.NONE),
                value(expectedBucketOwner, AccountId::new),
                value(kmsKeyArn, KmsKeyArn::new));
    }
}
