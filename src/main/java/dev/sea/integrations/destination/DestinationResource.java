package dev.sea.integrations.destination;

import dev.sea.integrations.grant.GrantAnswers;
import dev.sea.integrations.grant.GrantInput;
import dev.sea.integrations.grant.GrantView;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.input.JsonBody;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.VersionNotNamed;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The destination of the tenant's recordings: read, set, remove it, ask whether it is ready, and record there. */
@Path("/v1/destinations/recordings")
@Produces(MediaType.APPLICATION_JSON)
public class DestinationResource {
    private final Destinations destinations;
    private final Failover failover;
    private final GrantAnswers grants;
    private final JsonBody json;
    private final Caller caller;

    DestinationResource(
            Destinations destinations, Failover failover, GrantAnswers grants, JsonBody json, Caller caller) {
        this.destinations = destinations;
        this.failover = failover;
        this.grants = grants;
        this.json = json;
        this.caller = caller;
    }

    /** A destination as the API shows it. */
    @Schema(name = "Destination")
    public record DestinationView(
            String primary, @Nullable String secondary, long version, Instant updatedAt, String updatedBy) {

        static DestinationView of(Destination destination) {
            return new DestinationView(
                    destination.primary().value(),
                    destination.secondary().map(IntegrationId::value).orElse(null),
                    destination.version(),
                    destination.updatedAt(),
                    destination.updatedBy());
        }
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN, Role.WORKFLOW})
    @Operation(operationId = "getDestination", summary = "Get the destination of recordings and its ETag")
    @APIResponse(
            responseCode = "200",
            description = "The destination",
            content = @Content(schema = @Schema(implementation = DestinationView.class)))
    @APIResponse(responseCode = "404", description = "No destination is set")
    public RestResponse<DestinationView> get() {
        return answer(destinations.get(caller.tenant()));
    }

    @PUT
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setDestination",
            summary = "Set the destination of recordings",
            description = "While an integration is a destination, it can be neither deactivated nor deleted.")
    @Parameter(
            name = IfMatch.HEADER,
            in = ParameterIn.HEADER,
            description = "The ETag of the destination as you read it. Required to replace one.")
    @Parameter(
            name = IfMatch.NONE_MATCH,
            in = ParameterIn.HEADER,
            description = "*, to set the first one",
            schema =
                    @Schema(
                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                            enumeration = "*"))
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DestinationInput.class)))
    @APIResponse(
            responseCode = "200",
            description = "The destination",
            content = @Content(schema = @Schema(implementation = DestinationView.class)))
    @APIResponse(
            responseCode = "400",
            description = "The input breaks rules, or an integration does not exist or is not active; errors lists all")
    @APIResponse(responseCode = "409", description = "Somebody else changed one of the integrations meanwhile")
    @APIResponse(responseCode = "412", description = "Another destination is set, or none")
    @APIResponse(responseCode = "428", description = "Neither If-Match nor If-None-Match is there")
    public RestResponse<DestinationView> set(@Context HttpHeaders headers, InputStream body) {
        Optional<IfMatch> ifMatch = ifMatch(headers);
        boolean first = IfMatch.isNoneMatch(headers.getRequestHeader(IfMatch.NONE_MATCH));
        if (ifMatch.isEmpty() && !first) {
            throw new VersionNotNamed("A change needs If-Match with the ETag of the destination as it was read, or"
                    + " If-None-Match: * to set the first one, so that it cannot undo another change.");
        }
        return answer(destinations.set(
                caller.actor(), json.read(body, DestinationInput.class).wanted(), first ? Optional.empty() : ifMatch));
    }

    @DELETE
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "removeDestination",
            summary = "Remove the destination of recordings",
            description = "Sessions that must be recorded cannot start until another one is set.")
    @Parameter(
            name = IfMatch.HEADER,
            in = ParameterIn.HEADER,
            description = "Removes the destination only if it has this version")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "No destination is set")
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    public RestResponse<Void> remove(@Context HttpHeaders headers) {
        destinations.remove(caller.actor(), ifMatch(headers));
        return RestResponse.noContent();
    }

    @GET
    @Path("/readiness")
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN, Role.WORKFLOW})
    @Operation(
            operationId = "getReadiness",
            summary = "Ask whether a session that must be recorded may start now",
            description = "Goes by the last validations, without a call to the customer's account.")
    @APIResponse(
            responseCode = "200",
            description = "Whether it may, and where its recording goes",
            content = @Content(schema = @Schema(implementation = ReadinessView.class)))
    public RestResponse<ReadinessView> readiness() {
        return RestResponse.ok(failover.shown(caller.tenant()));
    }

    @POST
    @Path("/grants")
    @RolesAllowed(Role.WORKFLOW)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "grantAtDestination",
            summary = "Get a grant of the integration that takes the recordings now",
            description =
                    "As a grant of an integration. The answer says of which: what was recorded there is played from there.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = GrantInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "The grant, which is told once",
            content = @Content(schema = @Schema(implementation = GrantView.class)))
    @APIResponse(responseCode = "400", description = "The input breaks rules; errors lists all of them")
    @APIResponse(
            responseCode = "409",
            description =
                    "The integration's access does not work for this purpose (checks names what failed), it cannot give credentials,"
                            + " or the external ID cannot be used")
    public RestResponse<GrantView> grant(InputStream body) {
        return grants.to(caller.actor(), this::serving, body);
    }

    private IntegrationId serving() {
        Readiness readiness = failover.readiness(caller.tenant());
        return readiness.chosen().map(Readiness.Candidate::integration).orElseThrow(() -> new NoDestination(readiness));
    }

    private static Optional<IfMatch> ifMatch(HttpHeaders headers) {
        return IfMatch.of(headers.getRequestHeader(IfMatch.HEADER));
    }

    private static RestResponse<DestinationView> answer(Destination destination) {
        return RestResponse.ResponseBuilder.ok(DestinationView.of(destination))
                .header(HttpHeaders.ETAG, IfMatch.tag(destination.version()))
                .build();
    }
}
