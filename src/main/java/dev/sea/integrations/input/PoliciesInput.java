package dev.sea.integrations.input;

import static dev.sea.integrations.rule.BrokenRules.value;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.rule.BrokenRules;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that describes a role to create. A complete draft is one too. */
@RegisterForReflection
@Schema(description = "The known part of a draft. type, name and description are accepted but not used.")
public record PoliciesInput(
        @Pattern(regexp = IntegrationInput.TYPE, message = IntegrationInput.TYPE_MESSAGE)
        @Schema(enumeration = IntegrationInput.TYPE)
        @Nullable
        String type,

        @ValueOf(IntegrationName.class) @Nullable String name,

        @ValueOf(Description.class) @Nullable String description,

        @NotNull @Valid TargetInput target,

        @Schema(description = "Whether the role may use s3:GetObjectTagging. It may unless this is false.") @Nullable
        Boolean sessionMetadata,

        @NotNull @Valid RoleInput access) {

    /** The role to create. Without ARN and name, the service proposes a name. */
    @RegisterForReflection
    @AcrossMembers
    public record RoleInput(
            @Pattern(regexp = METHOD, message = "Policies are for roles, so the method must be ASSUME_ROLE.")
            @Schema(enumeration = METHOD)
            @Nullable
            String method,

            @NotNull @ValueOf(ExternalId.class) String externalId,

            @ValueOf(RoleArn.class) @Schema(description = "Sets the role's path and name.") @Nullable
            String roleArn,

            @ValueOf(RoleName.class)
            @Schema(description = "Starts with the deployment's prefix and has no path.")
            @Nullable
            String roleName)
            implements AcrossMembers.Input {
        private static final String METHOD = "ASSUME_ROLE";

        @Override
        public void check(Deployment deployment, BrokenRules broken) {
            value(roleArn, RoleArn::new).ifPresent(role -> broken.kept("roleArn", () -> deployment.assumable(role)));
            value(roleName, RoleName::new).ifPresent(name -> broken.kept("roleName", () -> deployment.assumable(name)));
            if (roleArn != null && roleName != null) {
                broken.add(
                        "roleName", new RuleViolation("ROLE_NAME_AND_ARN", "Give either the role's ARN or its name."));
            }
        }
    }
}
