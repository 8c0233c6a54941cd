package dev.sea.integrations.validation;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.Validations;
import dev.sea.integrations.problem.Problem;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * Validations of a stored integration. Its path lies below the integrations' and is the class's own, since a class is
 * chosen by its path before its methods are looked at.
 */
@Path("/v1/integrations/{id}/validations")
@Produces(MediaType.APPLICATION_JSON)
public class ValidationsResource {
    private final Validations validations;
    private final Caller caller;

    public ValidationsResource(Validations validations, Caller caller) {
        this.validations = validations;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(operationId = "validateIntegration", summary = "Prove an integration's access and update its health")
    @APIResponse(responseCode = "200", description = "The report, whatever its status")
    @APIResponse(
            responseCode = "404",
            description = "The tenant has none of this ID",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ReportView stored(String id) {
        return ReportView.of(validations.stored(caller.actor(), IntegrationId.ofPath(id)));
    }
}
