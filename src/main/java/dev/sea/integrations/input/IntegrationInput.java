package dev.sea.integrations.input;

import dev.sea.integrations.integration.Access;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that {@link DraftReader} reads, for the API's document only. */
@Schema(description = "An S3 integration. Unknown members are refused.")
public record IntegrationInput(
        @Schema(required = true, enumeration = "S3") String type,

        @Schema(
                description =
                        "Unique in the tenant without regard to case. May be missing where only a proof is wanted.",
                minLength = 1,
                maxLength = 100)
        @Nullable
        String name,

        @Schema(maxLength = 1000) @Nullable String description,
        @Schema(required = true) TargetInput target,

        @Schema(description = "Whether SEA needs s3:GetObjectTagging for session metadata.", defaultValue = "true")
        @Nullable
        Boolean sessionMetadata,

        @Schema(required = true) AccessInput access) {

    /** Where. */
    public record TargetInput(
            @Schema(required = true, examples = "eu-west-1") String region,

            @Schema(required = true, minLength = 3, maxLength = 63)
            String bucket,

            @Schema(description = "Gets a missing trailing slash.", examples = "plant-7/") @Nullable
            String prefix,

            @Schema(pattern = "^[0-9]{12}$") @Nullable String expectedBucketOwner,

            @Schema(description = "Named in uploads; otherwise the bucket's default encryption applies.") @Nullable
            String kmsKeyArn) {}

    /** How. A role needs an external ID, a key its secret. */
    public record AccessInput(
            @Schema(required = true) Access.Method method,

            @Schema(minLength = 20, maxLength = 2048) @Nullable
            String roleArn,

            @Schema(minLength = 2, maxLength = 1224) @Nullable
            String externalId,

            @Schema(minLength = 16, maxLength = 128) @Nullable
            String accessKeyId,

            @Schema(writeOnly = true) @Nullable String secretAccessKey) {}
}
