package dev.sea.integrations.input;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The merge patch: a component is null where the member is not there, and empty where it is null. {@code target} and
 * {@code access} are complete: {@link EditReader} has added the members that stay.
 */
@RegisterForReflection
@Schema(
        description =
                "A JSON merge patch (RFC 7396) of an integration: members that are left out stay, null removes a member.")
// In a merge patch, absent and null are two things.
@SuppressWarnings("NullableOptional")
public record EditInput(
        @Nullable Optional<@NotNull @ValueOf(IntegrationName.class) String> name,
        @Nullable Optional<@ValueOf(Description.class) String> description,
        @Nullable Optional<@NotNull @Valid TargetInput> target,

        @Schema(description = "null means true.") @Nullable Optional<Boolean> sessionMetadata,

        @Nullable Optional<@NotNull @Valid AccessInput> access) {

    /** What the integration becomes. */
    Edit edit(Integration current) {
        return new Edit(
                name == null
                        ? current.name()
                        : name.map(IntegrationName::entered).orElseThrow(),
                description == null
                        ? current.description()
                        : description.map(Description::entered).orElse(Description.NONE),
                target == null
                        ? current.target()
                        : target.map(TargetInput::target).orElseThrow(),
                sessionMetadata == null ? current.sessionMetadata() : sessionMetadata.orElse(true),
                Optional.ofNullable(access)
                        .flatMap(given -> given)
                        .map(AccessInput::access)
                        .filter(presented -> !isSame(current.access(), presented)));
    }

    private static boolean isSame(Access current, PresentedAccess presented) {
        return current instanceof Access.AssumedRole(RoleArn role, ExternalId externalId)
                && presented.equals(new PresentedAccess.Role(role, externalId));
    }
}
