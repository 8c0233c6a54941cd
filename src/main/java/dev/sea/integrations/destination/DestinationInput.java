package dev.sea.integrations.destination;

import dev.sea.integrations.destination.Destination.Wanted;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.rule.ValueOf;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that sets a destination. */
@RegisterForReflection
@Schema(description = "Both integrations must be active. Unknown members are rejected.")
public record DestinationInput(
        @NotNull
        @ValueOf(IntegrationId.class)
        @Schema(
                description = "ID of the integration to which recordings go",
                examples = "int_01JD9Z3V5K8M2N4P6Q7R8S9T0V")
        String primary,

        @ValueOf(IntegrationId.class)
        @Schema(
                description = "ID of another one, which takes the recordings while the primary cannot",
                examples = "int_01JD9Z3V5K8M2N4P6Q7R8S9T0W")
        @Nullable
        String secondary) {

    Wanted wanted() {
        return new Wanted(
                new IntegrationId(primary), Optional.ofNullable(secondary).map(IntegrationId::new));
    }
}
