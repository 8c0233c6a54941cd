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
 * Validations of a stored integration. Its path lies below the integrations' and is the class's own, since a class is
 * chosen by its path before its methods are looked at.
 */
@Path("/v1/integrations/{id}/validations")
@Produces(MediaType.APPLICATION_JSON)
public class ValidationsResource {
    private final Validations validations;
    private final IntegrationStore store;
    private final ValidationHistory history;
    private final Caller caller;

    /** A page of an integration's reports, newest first; without a next cursor the last one. */
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
    @Operation(operationId = "validateIntegration", summary = "Prove an integration's access and update its health")
    @APIResponse(responseCode = "200", description = "The report, whatever its status")
    @APIResponse(responseCode = "409", description = "The external ID cannot be used")
    public ReportView stored(String id) {
        return ReportView.of(validations.stored(caller.actor(), IntegrationId.ofPath(id)));
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(
            operationId = "listValidations",
            summary = "A page of an integration's reports, newest first, of 90 days")
    @APIResponse(
            responseCode = "200",
            description = "The page; nextCursor is null on the last one",
            content = @Content(schema = @Schema(implementation = HistoryView.class)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is not from 1 to 100, or the cursor is none of this history")
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
