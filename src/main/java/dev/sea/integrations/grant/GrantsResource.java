package dev.sea.integrations.grant;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Grants of an integration, for SEA's workflows. Repeating a request makes another grant, which harms nobody: an object can be
 * stored once only.
 */
@Path("/v1/integrations/{id}/grants")
@Produces(MediaType.APPLICATION_JSON)
public class GrantsResource {
    private final GrantAnswers answers;
    private final Caller caller;

    GrantsResource(GrantAnswers answers, Caller caller) {
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.WORKFLOW)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "grant",
            summary = "Get a short-lived grant to store or to read one object",
            description =
                    "For SEA's workflows (SEA_WORKFLOW) only. RECORD stores an object that is not there yet, with exactly the content"
                            + " named, by one request. PLAY reads an object.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = GrantInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "The grant, which is told once",
            content = @Content(schema = @Schema(implementation = GrantView.class)))
    @APIResponse(responseCode = "400", description = "The input breaks rules; errors lists all of them")
    @APIResponse(
            responseCode = "409",
            description =
                    "The integration is not active, its access does not work for this purpose (checks names what failed), it cannot"
                            + " give credentials, or the external ID cannot be used")
    public RestResponse<GrantView> grant(String id, InputStream body) {
        IntegrationId integration = IntegrationId.ofPath(id);
        return answers.to(caller.actor(), () -> integration, body);
    }
}
