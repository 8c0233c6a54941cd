package dev.sea.integrations.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.input.PageCursor;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.lifecycle.Validations;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.ValidationHistory;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Validations of a stored integration. The whole path is on the class: JAX-RS chooses a class by its path before it looks
 * at methods, so {@link IntegrationResource} would not get to these.
 */
@Path("/v1/integrations/{id}/validations")
@Produces(MediaType.APPLICATION_JSON)
public class ValidationsResource {
    private final Validations validations;
    private final IntegrationStore store;
    private final ValidationHistory history;
    private final Caller caller;

    /**
     * A page of an integration's reports, newest first.
     *
     * @param nextCursor null on the last page
     */
    public record HistoryView(
            @Schema(type = SchemaType.ARRAY, implementation = ReportView.class)
            List<JsonNode> items,

            @Nullable String nextCursor) {}

    ValidationsResource(Validations validations, IntegrationStore store, ValidationHistory history, Caller caller) {
        this.validations = validations;
        this.store = store;
        this.history = history;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Operation(operationId = "validateIntegration", summary = "Validate an integration and update its health")
    @APIResponse(responseCode = "200", description = "The report, even if checks fail")
    @APIResponse(responseCode = "409", description = "The external ID cannot be used")
    public ReportView stored(String id) {
        return ReportView.of(validations.stored(caller.actor(), IntegrationId.ofPath(id)));
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(
            operationId = "listValidations",
            summary = "List an integration's reports of the last 90 days, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page; nextCursor is null on the last one",
            content = @Content(schema = @Schema(implementation = HistoryView.class)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is not from 1 to 100, or the cursor is not from this list")
    public HistoryView history(
            String id, @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Actor actor = caller.actor();
        IntegrationId integration = IntegrationId.ofPath(id);
        String list = actor.tenant().id() + "#" + integration;
        Optional<String> after =
                Optional.ofNullable(cursor).map(text -> PageCursor.position(text, list, ValidationHistory.POSITION));
        int most = QueryParameters.limit(limit);
        store.get(actor.tenant(), integration);
        ValidationHistory.Page page = history.page(actor.tenant(), integration, after, most);
        return new HistoryView(
                page.reports(),
                page.next().map(position -> PageCursor.after(position, list)).orElse(null));
    }
}
