package dev.sea.integrations.api;

import dev.sea.integrations.input.EditInput;
import dev.sea.integrations.input.EditReader;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.lifecycle.Activation;
import dev.sea.integrations.lifecycle.Deletion;
import dev.sea.integrations.lifecycle.Editing;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** One integration: read, change, delete, activate and deactivate it. */
@Path("/v1/integrations/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class IntegrationResource {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final IntegrationStore store;
    private final Editing editing;
    private final EditReader edits;
    private final Deletion deletion;
    private final Activation activation;
    private final Caller caller;

    IntegrationResource(
            IntegrationStore store,
            Editing editing,
            EditReader edits,
            Deletion deletion,
            Activation activation,
            Caller caller) {
        this.store = store;
        this.editing = editing;
        this.edits = edits;
        this.deletion = deletion;
        this.activation = activation;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(operationId = "getIntegration", summary = "Get an integration and its ETag")
    @APIResponse(
            responseCode = "200",
            description = "The integration",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    public RestResponse<IntegrationView> get(String id) {
        return answer(store.get(caller.actor().tenant(), IntegrationId.ofPath(id)));
    }

    @GET
    @Path("/targets")
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN, Role.WORKFLOW})
    @Operation(
            operationId = "listTargets",
            summary = "List the targets that an integration has and had",
            description = "A grant to play names the revision in which the object was recorded.")
    @APIResponse(
            responseCode = "200",
            description = "The current one first",
            content = @Content(schema = @Schema(implementation = IntegrationView.TargetsView.class)))
    public IntegrationView.TargetsView targets(String id) {
        return IntegrationView.TargetsView.of(store.get(caller.tenant(), IntegrationId.ofPath(id)));
    }

    @PATCH
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "editIntegration",
            summary = "Change an integration",
            description =
                    "The body is a JSON merge patch. A change of target or access is validated first, and stored only if it passes.")
    @Parameter(
            name = IfMatch.HEADER,
            in = ParameterIn.HEADER,
            required = true,
            description = "The ETag of the integration as you read it")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = EditInput.class)))
    @APIResponse(
            responseCode = "200",
            description = "The changed integration; validation holds the report if the change was validated",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(responseCode = "400", description = "The input breaks rules; errors lists all of them")
    @APIResponse(
            responseCode = "409",
            description =
                    "The name is taken, the external ID cannot be used, or the integration has as many former targets as it may")
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    @APIResponse(
            responseCode = "422",
            description = "The new values did not pass, and nothing was changed; validation holds the report")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public RestResponse<IntegrationView> edit(String id, @Context HttpHeaders headers, InputStream body) {
        Editing.Edited edited = editing.edit(
                caller.actor(),
                IntegrationId.ofPath(id),
                ifMatch(headers),
                integration -> edits.read(body, integration));
        Optional<ReportView> report = edited.report().map(ReportView::of);
        return answer(edited.integration(), IntegrationView.of(edited.integration(), report.orElse(null)));
    }

    @DELETE
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "deleteIntegration",
            summary = "Delete an inactive integration",
            description = "The service's operators can recover its secret for 7 days.")
    @Parameter(
            name = IfMatch.HEADER,
            in = ParameterIn.HEADER,
            description = "Deletes the integration only if it has this version")
    @APIResponse(responseCode = "204", description = "Deleted; its name and external ID may be used again")
    @APIResponse(responseCode = "409", description = "The integration is active")
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    public RestResponse<Void> delete(String id, @Context HttpHeaders headers) {
        deletion.delete(caller.actor(), IntegrationId.ofPath(id), ifMatch(headers));
        return RestResponse.noContent();
    }

    @POST
    @Path("/activate")
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "activateIntegration",
            summary = "Activate an integration, so that SEA uses it",
            description =
                    "Requires a recent, full and healthy report of this version. Without one, the integration is validated first.")
    @APIResponse(
            responseCode = "200",
            description = "The active integration",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "The access did not pass (validation holds the report), or somebody else changed the integration meanwhile")
    public RestResponse<IntegrationView> activate(String id) {
        return answer(activation.activate(caller.actor(), IntegrationId.ofPath(id)));
    }

    @POST
    @Path("/deactivate")
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "deactivateIntegration",
            summary = "Deactivate an integration, so that SEA no longer uses it")
    @APIResponse(
            responseCode = "200",
            description = "The inactive integration",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(responseCode = "409", description = "Others kept changing the integration meanwhile")
    public RestResponse<IntegrationView> deactivate(String id) {
        return answer(activation.deactivate(caller.actor(), IntegrationId.ofPath(id)));
    }

    private static Optional<IfMatch> ifMatch(HttpHeaders headers) {
        return IfMatch.of(headers.getRequestHeader(IfMatch.HEADER));
    }

    private static RestResponse<IntegrationView> answer(Integration integration) {
        return answer(integration, IntegrationView.of(integration));
    }

    private static RestResponse<IntegrationView> answer(Integration integration, IntegrationView view) {
        return RestResponse.ResponseBuilder.ok(view)
                .header(HttpHeaders.ETAG, IfMatch.tag(integration.version()))
                .build();
    }
}
