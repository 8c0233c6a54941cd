package dev.sea.integrations.input;

import static dev.sea.integrations.rule.BrokenRules.value;

import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.groups.Default;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A body that describes an integration. */
@RegisterForReflection
@Schema(description = "An S3 integration. Unknown members are rejected.")
// A draft needs no name.
@SuppressWarnings("MultipleNullnessAnnotations")
public record IntegrationInput(
        @NotNull @Pattern(regexp = TYPE, message = TYPE_MESSAGE) @Schema(enumeration = TYPE)
        String type,

        @NotNull(groups = Stored.class)
        @ValueOf(IntegrationName.class)
        @Schema(
                description =
                        "Unique in the tenant, ignoring case, the kind of white space, invisible characters and compatible"
                                + " characters (NFKC). It has a visible character, and none that turns the direction of"
                                + " writing. Stored in NFC, without white space around it. A validation of a draft does"
                                + " not need it.")
        @Nullable
        String name,

        @ValueOf(Description.class) @Nullable String description,

        @NotNull @Valid TargetInput target,

        @Schema(
                description =
                        "Whether SEA needs s3:GetObjectTagging for session metadata. It does unless this is false.")
        @Nullable
        Boolean sessionMetadata,

        @NotNull @Valid AccessInput access) {
    static final String TYPE = "S3";
    static final String TYPE_MESSAGE = "The type must be S3.";

    /** The rules of an integration that is to be stored, and not only validated. */
    interface Stored extends Default {}

    Draft draft() {
        return new Draft(target.target(), sessionMetadata == null || sessionMetadata, access.access());
    }

    NewIntegration integration() {
        return new NewIntegration(
                value(name, IntegrationName::entered).orElseThrow(),
                value(description, Description::entered).orElse(Description.NONE),
                draft());
    }
}
