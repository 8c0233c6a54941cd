package dev.sea.integrations.bucket;

import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body that names a bucket. */
@RegisterForReflection
@Schema(description = "The bucket to look for.")
public record BucketInput(
        @NotNull @ValueOf(BucketName.class) String bucket) {

    BucketName name() {
        return BucketName.entered(bucket);
    }
}
