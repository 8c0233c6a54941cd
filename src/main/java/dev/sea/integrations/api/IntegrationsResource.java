package dev.sea.integrations.api;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.input.DraftReader;
import dev.sea.integrations.input.IntegrationInput;
import dev.sea.integrations.input.JsonBody;
import dev.sea.integrations.input.PageCursor;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.IntegrationFilter;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.lifecycle.Creation;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.store.IntegrationListStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** A tenant's integrations: add one, list them. */
@Path("/v1/integrations")
@Produces(MediaType.APPLICATION_JSON)
public class IntegrationsResource {
    /** Where a page ends: the text of an ID as it is stored, even if it breaks a rule of today. */
    private static final Pattern PLACE = Pattern.compile("(?s).{0,255}");

    private final Creation creation;
    private final IntegrationListStore list;
    private final RepeatableCreation repeatable;
    private final CreationAnswers answers;
    private final DraftReader reader;
    private final Caller caller;

    IntegrationsResource(
            Creation creation,
            IntegrationListStore list,
            RepeatableCreation repeatable,
            CreationAnswers answers,
            DraftReader reader,
            Caller caller) {
        this.creation = creation;
        this.list = list;
        this.repeatable = repeatable;
        this.answers = answers;
        this.reader = reader;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createIntegration",
            summary = "Add an integration",
            description = "Stores the integration as inactive, then validates it. It stays stored even if checks fail.")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "Makes it safe to repeat the request: the same key and body get the same answer for 24 hours.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = IntegrationInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "The stored integration; validation holds the report unless validate=false",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(responseCode = "400", description = "The input breaks rules; errors lists all of them")
    @APIResponse(
            responseCode = "409",
            description =
                    "The name is taken, the external ID cannot be used, the limit is reached, or the same request is still running or created what was deleted since")
    @APIResponse(responseCode = "422", description = "The idempotency key was used for a different request")
    public Response create(
            @QueryParam("validate") @Nullable String validate, @Context HttpHeaders headers, InputStream body) {
        boolean wanted = QueryParameters.flag("validate", validate, true);
        Optional<IdempotencyKey> key = IdempotencyKey.of(headers.getRequestHeader(IdempotencyKey.HEADER));
        byte[] bytes = JsonBody.bytes(body);
        NewIntegration integration = reader.newIntegration(bytes);
        Actor actor = caller.actor();
        if (key.isEmpty()) {
            return answers.created(creation.create(actor, integration, wanted, creation.newId()));
        }
        byte[] request = RequestDigest.input(wanted, bytes);
        return repeatable.create(actor, key.get(), request, integration, wanted).response();
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN})
    @Operation(
            operationId = "listIntegrations",
            summary = "List the integrations in the order of their creation",
            description = "With a filter, a page may be short or empty and still have a nextCursor.")
    @APIResponse(responseCode = "200", description = "A page; nextCursor is null on the last one")
    @APIResponse(
            responseCode = "400",
            description = "The limit is not from 1 to 100, or a filter or the cursor is not valid")
    public IntegrationView.PageView list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("state") @Nullable String state,
            @QueryParam("health") @Nullable String health,
            @Parameter(description = "The start of the names, ignoring case") @QueryParam("name") @Nullable
                    String name) {
        Actor actor = caller.actor();
        String scope = actor.tenant().id();
        IntegrationFilter filter = new IntegrationFilter(
                QueryParameters.oneOf("state", state, State.class),
                QueryParameters.oneOf("health", health, Health.Status.class),
                namePrefix(name));
        Optional<String> after = Optional.ofNullable(cursor).map(text -> PageCursor.position(text, scope, PLACE));
        IntegrationListStore.Slice page = list.slice(actor.tenant(), after, QueryParameters.limit(limit), filter);
        return new IntegrationView.PageView(
                page.items().stream().map(IntegrationView::of).toList(),
                page.unreadable(),
                page.next().map(id -> PageCursor.after(id, scope)).orElse(null));
    }

    /** The start of a name, in the form in which names are compared. Not trimmed: a blank at its end may be inside a name. */
    private static Optional<String> namePrefix(@Nullable String start) {
        if (start == null || start.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IntegrationName.claimOf(start));
        } catch (RuleViolation violation) {
            throw QueryParameters.refused("name", violation.code(), violation.getMessage());
        }
    }
}
