package dev.sea.integrations.evidence;

import dev.sea.integrations.evidence.OutcomeView.OutcomePageView;
import dev.sea.integrations.grant.GrantId;
import dev.sea.integrations.input.PageCursor;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** An integration's grants to record, of the last 90 days. */
@Path("/v1/integrations/{id}/grants")
@Produces(MediaType.APPLICATION_JSON)
public class GrantListResource {
    private static final Pattern POSITION = Pattern.compile(GrantId.SHAPE);

    private final IntegrationStore integrations;
    private final TrackedGrantStore grants;
    private final Caller caller;

    GrantListResource(IntegrationStore integrations, TrackedGrantStore grants, Caller caller) {
        this.integrations = integrations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN, Role.WORKFLOW})
    @Operation(
            operationId = "listGrants",
            summary = "List an integration's grants to record and their outcomes, newest first",
            description =
                    "Those that are open, and those whose outcome became known in the last 90 days. With a state, a page"
                            + " may be short or empty and still have a nextCursor.")
    @APIResponse(responseCode = "200", description = "A page; nextCursor is null on the last one")
    @APIResponse(
            responseCode = "400",
            description = "The limit is not from 1 to 100, there is no such state, or the cursor is not from this list")
    public OutcomePageView list(
            String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Tenant tenant = caller.actor().tenant();
        IntegrationId integration = IntegrationId.ofPath(id);
        Optional<GrantState> wanted = QueryParameters.oneOf("state", state, GrantState.class);
        String list = tenant.id() + "#" + integration + "#grants";
        Optional<String> after = Optional.ofNullable(cursor).map(text -> PageCursor.position(text, list, POSITION));
        int most = QueryParameters.limit(limit);
        integrations.get(tenant, integration);
        TrackedGrantStore.Page page = grants.page(tenant, integration, wanted, after, most);
        return new OutcomePageView(
                page.grants().stream().map(OutcomeView::of).toList(),
                page.next().map(position -> PageCursor.after(position, list)).orElse(null));
    }
}
