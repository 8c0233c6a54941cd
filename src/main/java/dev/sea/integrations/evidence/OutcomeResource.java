package dev.sea.integrations.evidence;

import dev.sea.integrations.evidence.TrackedGrant.Failure;
import dev.sea.integrations.grant.GrantId;
import dev.sea.integrations.grant.NoSuchGrant;
import dev.sea.integrations.input.JsonBody;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/** What a recorder tells of its grant. */
@Path("/v1/integrations/{id}/grants/{grantId}/outcome")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OutcomeResource {
    private final Outcomes outcomes;
    private final JsonBody bodies;
    private final Caller caller;

    /**
     * Whether S3 accepted the object.
     *
     * @param httpStatus of S3's answer, if one came
     * @param errorCode S3's, if it sent one
     */
    @RegisterForReflection
    public record OutcomeInput(
            @NotNull
            @Pattern(regexp = "STORED|FAILED", message = "The result must be STORED or FAILED.")
            @Schema(description = "Whether S3 accepted the object")
            String result,

            @Range(min = 100, max = 599, message = "An HTTP status is from {min} to {max}.")
            @Schema(examples = "403", description = "Of S3's answer, if one came")
            @Nullable
            Integer httpStatus,

            @Pattern(
                    regexp = "[A-Za-z0-9.]{1,64}",
                    message = "An error code of S3's has 1 to 64 letters, digits and dots.")
            @Schema(examples = "AccessDenied", description = "S3's, if it sent one")
            @Nullable
            String errorCode) {}

    OutcomeResource(Outcomes outcomes, JsonBody bodies, Caller caller) {
        this.outcomes = outcomes;
        this.bodies = bodies;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.WORKFLOW)
    @Operation(
            operationId = "reportOutcome",
            summary = "Report what became of a grant to record",
            description =
                    "May be repeated: the answer stays the same. STORED is proved: SEA asks S3 for the object, and"
                            + " compares its size and SHA-256. What S3 has shown stands; FAILED is only taken down, and a later STORED"
                            + " that S3 confirms replaces it. Without a report, SEA looks after the end of the grant, an hour later and"
                            + " after a day.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = OutcomeInput.class)))
    @APIResponse(
            responseCode = "200",
            description = "The grant: stored, with a receipt, or failed",
            content = @Content(schema = @Schema(implementation = OutcomeView.class)))
    @APIResponse(responseCode = "400", description = "The input breaks rules; errors lists all of them")
    @APIResponse(
            responseCode = "409",
            description =
                    "S3 has no object under the key (the grant stays open), another object was there before, or the"
                            + " integration's access does not let SEA look (SEA looks again later)")
    @APIResponse(
            responseCode = "422",
            description = "The object under the key has another size or content; the recording counts as missing")
    public OutcomeView report(String id, String grantId, InputStream body) {
        Actor actor = caller.actor();
        OutcomeInput input = bodies.read(body, OutcomeInput.class);
        IntegrationId integration = IntegrationId.ofPath(id);
        GrantId grant = ofPath(grantId);
        return OutcomeView.of(
                input.result().equals(GrantState.STORED.name())
                        ? outcomes.stored(actor, integration, grant)
                        : outcomes.failed(
                                actor,
                                integration,
                                grant,
                                new Failure(
                                        Optional.ofNullable(input.httpStatus()),
                                        Optional.ofNullable(input.errorCode()))));
    }

    /** A text that is no ID gets the answer of an ID that nobody has. */
    private static GrantId ofPath(String segment) {
        if (!GrantId.isId(segment)) {
            throw new NoSuchGrant();
        }
        return new GrantId(segment);
    }
}
