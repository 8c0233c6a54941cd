package dev.sea.integrations.api;

import dev.sea.integrations.input.DraftReader;
import dev.sea.integrations.input.IntegrationInput;
import dev.sea.integrations.lifecycle.Validations;
import dev.sea.integrations.report.ReportView;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Validates drafts. The answer is 200 and the report, even if checks fail. */
@Path("/v1/validations")
@Produces(MediaType.APPLICATION_JSON)
public class DraftValidationsResource {
    private final Validations validations;
    private final DraftReader reader;
    private final Caller caller;

    public DraftValidationsResource(Validations validations, DraftReader reader, Caller caller) {
        this.validations = validations;
        this.reader = reader;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "validateDraft", summary = "Validate a draft without storing it")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = IntegrationInput.class)))
    @APIResponse(responseCode = "200", description = "The report, even if checks fail")
    @APIResponse(responseCode = "400", description = "The input breaks rules; errors lists all of them")
    @APIResponse(responseCode = "409", description = "The external ID cannot be used")
    public ReportView draft(InputStream body) {
        return ReportView.of(validations.draft(caller.actor(), reader.draft(body)));
    }
}
