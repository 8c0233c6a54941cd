package dev.sea.integrations.input;

import dev.sea.integrations.integration.Access;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The merge patch that {@link EditReader} reads, for the API's document only. */
@Schema(
        description =
                "A JSON merge patch (RFC 7396) of an integration: what is left out stays, null takes a member away.")
public record EditInput(
        @Schema(minLength = 1, maxLength = 100) String name,

        @Schema(maxLength = 1000) @Nullable String description,
        TargetEditInput target,

        @Schema(description = "null is true.") @Nullable Boolean sessionMetadata,
        AccessEditInput access) {

    /** Where, as far as it is to change. */
    public record TargetEditInput(
            String region,

            @Schema(minLength = 3, maxLength = 63) String bucket,
            @Nullable String prefix,

            @Schema(pattern = "^[0-9]{12}$") @Nullable String expectedBucketOwner,
            @Nullable String kmsKeyArn) {}

    /** How, as far as it is to change; another method replaces it whole. New keys need ID and secret. */
    public record AccessEditInput(
            Access.Method method,

            @Schema(minLength = 20, maxLength = 2048) @Nullable
            String roleArn,

            @Schema(minLength = 2, maxLength = 1224) @Nullable
            String externalId,

            @Schema(minLength = 16, maxLength = 128) @Nullable
            String accessKeyId,

            @Schema(writeOnly = true) @Nullable String secretAccessKey) {}
}
