package dev.sea.integrations.input;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that {@link WantedRoleReader} reads, for the API's document only. */
@Schema(description = "A draft, as far as it is known; type, name and description of one are taken and not used.")
public record PoliciesInput(
        @Schema(enumeration = "S3") @Nullable String type,

        @Schema(minLength = 1, maxLength = 100) @Nullable String name,

        @Schema(maxLength = 1000) @Nullable String description,
        @Schema(required = true) IntegrationInput.TargetInput target,

        @Schema(description = "Whether s3:GetObjectTagging is granted.", defaultValue = "true") @Nullable
        Boolean sessionMetadata,

        @Schema(required = true) RoleInput access) {

    /** The role to be made. Without ARN and name, a name is proposed. */
    public record RoleInput(
            @Schema(enumeration = "ASSUME_ROLE") @Nullable String method,

            @Schema(required = true, minLength = 2, maxLength = 1224)
            String externalId,

            @Schema(description = "Gives the role's path and name.", minLength = 20, maxLength = 2048) @Nullable
            String roleArn,

            @Schema(description = "With the deployment's prefix, without a path.", minLength = 1, maxLength = 64)
            @Nullable
            String roleName) {}
}
