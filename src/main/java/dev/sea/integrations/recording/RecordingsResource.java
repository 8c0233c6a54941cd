package dev.sea.integrations.recording;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What an integration's bucket holds, for SEA's workflows. */
@Path("/v1/integrations/{id}/recordings")
@Produces(MediaType.APPLICATION_JSON)
public class RecordingsResource {
    private static final String REFUSED =
            "The integration is not active, its access does not allow this (checks names what failed), or the external ID"
                    + " cannot be used";

    private final Recordings recordings;
    private final Caller caller;

    RecordingsResource(Recordings recordings, Caller caller) {
        this.recordings = recordings;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Role.WORKFLOW)
    @Operation(
            operationId = "listRecordings",
            summary = "List the objects below the integration's prefix, by their keys",
            description =
                    "For SEA's workflows (SEA_WORKFLOW) only. Objects of validations, and those whose keys no grant takes, are left out. A page may be short or"
                            + " empty and still have a nextCursor.")
    @APIResponse(responseCode = "200", description = "A page; nextCursor is null on the last one")
    @APIResponse(
            responseCode = "400",
            description = "The limit is not from 1 to 100, or prefix, cursor or targetRevision is not valid")
    @APIResponse(responseCode = "409", description = REFUSED)
    public RecordingPage list(
            String id,
            @Parameter(description = "The start of the keys, relative to the integration's prefix")
                    @QueryParam("prefix")
                    @Nullable
                    String prefix,
            @QueryParam("targetRevision") @Nullable String targetRevision,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        IntegrationId integration = IntegrationId.ofPath(id);
        return recordings.list(
                caller.actor(),
                integration,
                revision(targetRevision),
                read("prefix", prefix == null ? "" : prefix, KeyStart::new),
                Optional.ofNullable(cursor),
                QueryParameters.limit(limit));
    }

    @GET
    @Path("metadata")
    @RolesAllowed(Role.WORKFLOW)
    @Operation(
            operationId = "describeRecording",
            summary = "Get what S3 knows of one object",
            description = "For SEA's workflows (SEA_WORKFLOW) only.")
    @APIResponse(responseCode = "200", description = "Size, type, checksum and what else S3 tells")
    @APIResponse(responseCode = "400", description = "The key or targetRevision is missing or not valid")
    @APIResponse(responseCode = "409", description = REFUSED)
    public RecordingMetadata describe(
            String id,
            @Parameter(
                            description = "Of the object, relative to the integration's prefix",
                            required = true,
                            example = "2026/11/28/9f2c.mp4")
                    @QueryParam("key")
                    @Nullable
                    String key,
            @QueryParam("targetRevision") @Nullable String targetRevision) {
        IntegrationId integration = IntegrationId.ofPath(id);
        if (key == null) {
            throw QueryParameters.refused("key", "REQUIRED", "This parameter is required.");
        }
        return recordings.describe(
                caller.actor(), integration, revision(targetRevision), read("key", key, ObjectKey::new));
    }

    private static Optional<Integer> revision(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(number -> QueryParameters.number("targetRevision", number, Target.MOST_FORMER + 1, 1));
    }

    private static <T> T read(String parameter, String text, Function<String, T> value) {
        try {
            return value.apply(text);
        } catch (RuleViolation violation) {
            throw QueryParameters.refused(parameter, violation.code(), violation.getMessage());
        }
    }
}
