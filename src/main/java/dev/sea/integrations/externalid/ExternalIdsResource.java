package dev.sea.integrations.externalid;

import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Makes external IDs, and lists those that are not used yet. AWS asks the vendor to make them, since two customers may choose
 * the same one.
 */
@Path("/v1/external-ids")
@Produces(MediaType.APPLICATION_JSON)
public class ExternalIdsResource {
    private final ExternalIds externalIds;
    private final Caller caller;

    ExternalIdsResource(ExternalIds externalIds, Caller caller) {
        this.externalIds = externalIds;
        this.caller = caller;
    }

    /**
     * A new external ID.
     *
     * @param expiresAt when the reservation ends, if no integration uses the ID
     */
    public record ReservedView(String externalId, Instant expiresAt) {
        static ReservedView of(ExternalIds.Reserved reserved) {
            return new ReservedView(reserved.externalId().value(), reserved.expiresAt());
        }
    }

    /** The external IDs that are reserved; never more than a tenant may reserve. */
    public record ReservedListView(List<ReservedView> items) {}

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(
            operationId = "listReservedExternalIds",
            summary = "List the tenant's reserved external IDs",
            description =
                    "Those that were made and that no integration has used yet, the ones that expire first at the front.")
    @APIResponse(responseCode = "200", description = "All of them")
    public ReservedListView list() {
        return new ReservedListView(externalIds.reserved(caller.actor().tenant()).stream()
                .map(ReservedView::of)
                .toList());
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "makeExternalId",
            summary = "Make an external ID for the tenant",
            description = "Reserved for a while, and the tenant's for good once an integration uses it.")
    @APIResponse(
            responseCode = "201",
            description = "The external ID",
            content = @Content(schema = @Schema(implementation = ReservedView.class)))
    @APIResponse(responseCode = "409", description = "The tenant has as many unused ones as it may")
    public RestResponse<ReservedView> make() {
        return RestResponse.status(RestResponse.Status.CREATED, ReservedView.of(externalIds.reserve(caller.actor())));
    }
}
