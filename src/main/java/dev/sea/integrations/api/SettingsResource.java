package dev.sea.integrations.api;

import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionCatalogue;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.SortedMap;
import java.util.SortedSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What a customer needs to know about this deployment to create a role for it. */
@Path("/v1/settings")
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
    private final AwsConfig config;
    private final ServiceIdentity service;
    private final RegionCatalogue regions;
    private final Caller caller;

    public SettingsResource(AwsConfig config, ServiceIdentity service, RegionCatalogue regions, Caller caller) {
        this.config = config;
        this.service = service;
        this.regions = regions;
        this.caller = caller;
    }

    /**
     * The settings of this deployment.
     *
     * @param roleNamePrefix how the names of customers' roles must start, case-sensitive
     * @param gatewayRoleArn the principal that trust policies name
     * @param account the service's own account; a customer's role must be in another
     * @param partition such as {@code aws}
     * @param regions the IDs of the Regions where a bucket may be
     * @param regionNames AWS's names of the Regions by ID, such as Europe (Ireland)
     * @param mayChange whether the caller may change integrations and the destination of recordings
     */
    public record Settings(
            String roleNamePrefix,
            String gatewayRoleArn,
            String account,
            String partition,
            SortedSet<String> regions,
            SortedMap<String, String> regionNames,
            boolean mayChange) {}

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(operationId = "getSettings", summary = "Get what a role for this deployment needs")
    @APIResponse(responseCode = "200", description = "The settings")
    public Settings settings() {
        return new Settings(
                config.roleNamePrefix(),
                service.gatewayRoleArn().value(),
                service.account().value(),
                service.partition().id(),
                regions.ids(service.partition()),
                regions.names(service.partition()),
                caller.has(Role.SYSTEM_ADMIN));
    }
}
