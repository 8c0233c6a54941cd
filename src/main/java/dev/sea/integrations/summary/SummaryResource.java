package dev.sea.integrations.summary;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.destination.Failover;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.store.SummaryStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** How a tenant's integrations are, in one answer. It costs one Query and the read of the destination, and calls no customer. */
@Path("/v1/summary")
@Produces(MediaType.APPLICATION_JSON)
public class SummaryResource {
    private final SummaryStore store;
    private final Failover failover;
    private final SeaConfig config;
    private final InstantSource time;
    private final Caller caller;

    SummaryResource(SummaryStore store, Failover failover, SeaConfig config, InstantSource time, Caller caller) {
        this.store = store;
        this.failover = failover;
        this.config = config;
        this.time = time;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(
            operationId = "getSummary",
            summary = "Count the integrations by state, health and advice, and say where recordings go",
            description = "More members may be added; ignore those that you do not know.")
    @APIResponse(
            responseCode = "200",
            description = "The numbers",
            content = @Content(schema = @Schema(implementation = SummaryView.class)))
    public SummaryView summary() {
        return SummaryView.of(
                store.all(caller.tenant()),
                failover.shown(caller.tenant()),
                time.instant(),
                config.schedule().staleAfter());
    }
}
