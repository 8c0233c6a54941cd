package dev.sea.integrations.integration;

import dev.sea.integrations.problem.Problem;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.validation.ReportView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A tenant's integrations: made, looked at, activated and deactivated. */
@Path("/v1/integrations")
@Produces(MediaType.APPLICATION_JSON)
public class IntegrationsResource {
    private final Integrations integrations;
    private final Activation activation;
    private final DraftReader reader;
    private final Caller caller;

    public IntegrationsResource(Integrations integrations, Activation activation, DraftReader reader, Caller caller) {
        this.integrations = integrations;
        this.activation = activation;
        this.reader = reader;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createIntegration",
            summary = "Add an integration",
            description =
                    "Stores it inactive, then proves its access; a proof that fails keeps nothing from being stored.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = IntegrationInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "Stored. ETag and Location are set; validation holds the report unless validate=false.",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Broken rules, all of them in errors",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "The name is taken, the external ID cannot be used, or the limit is reached",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<IntegrationView> create(@QueryParam("validate") @Nullable String validate, InputStream body) {
        boolean wanted = QueryParameters.flag("validate", validate, true);
        Integrations.Created created = integrations.create(caller.actor(), reader.newIntegration(body), wanted);
        Integration integration = created.integration();
        // Relative, since behind the gateway nobody here knows the public name.
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED,
                        IntegrationView.of(
                                integration,
                                created.report().map(ReportView::of).orElse(null)))
                .header(HttpHeaders.LOCATION, "/v1/integrations/" + integration.id())
                .header(HttpHeaders.ETAG, etag(integration))
                .build();
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(operationId = "listIntegrations", summary = "A page of the integrations, in the order of their creation")
    @APIResponse(responseCode = "200", description = "The page; nextCursor is null on the last one")
    @APIResponse(
            responseCode = "400",
            description = "The limit is not from 1 to 100, or the cursor is none",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public IntegrationView.PageView list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Actor actor = caller.actor();
        Optional<IntegrationId> after = Optional.ofNullable(cursor).map(text -> PageCursor.read(text, actor.tenant()));
        Integrations.Page page = integrations.page(actor, after, QueryParameters.limit(limit));
        return new IntegrationView.PageView(
                page.items().stream().map(IntegrationView::of).toList(),
                page.next().map(id -> PageCursor.after(id, actor.tenant())).orElse(null));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(operationId = "getIntegration", summary = "One integration, with its ETag")
    @APIResponse(
            responseCode = "200",
            description = "The integration",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(
            responseCode = "404",
            description = "The tenant has none of this ID",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<IntegrationView> get(String id) {
        return answer(integrations.get(caller.actor(), IntegrationId.ofPath(id)));
    }

    @POST
    @Path("/{id}/activate")
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "activateIntegration",
            summary = "Hand the integration to SEA's workflows",
            description = "Needs a full, healthy report of this version that is fresh, or makes one.")
    @APIResponse(
            responseCode = "200",
            description = "It is active",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(
            responseCode = "404",
            description = "The tenant has none of this ID",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "The access could not be proved (the report is in validation), or somebody changed it meanwhile",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<IntegrationView> activate(String id) {
        return answer(activation.activate(caller.actor(), IntegrationId.ofPath(id)));
    }

    @POST
    @Path("/{id}/deactivate")
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(operationId = "deactivateIntegration", summary = "Take the integration back from SEA's workflows")
    @APIResponse(
            responseCode = "200",
            description = "It is inactive",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(
            responseCode = "404",
            description = "The tenant has none of this ID",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<IntegrationView> deactivate(String id) {
        return answer(activation.deactivate(caller.actor(), IntegrationId.ofPath(id)));
    }

    private static RestResponse<IntegrationView> answer(Integration integration) {
        return RestResponse.ResponseBuilder.ok(IntegrationView.of(integration))
                .header(HttpHeaders.ETAG, etag(integration))
                .build();
    }

    private static String etag(Integration integration) {
        return "\"" + integration.version() + "\"";
    }
}
