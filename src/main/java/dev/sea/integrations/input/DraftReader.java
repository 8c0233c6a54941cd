package dev.sea.integrations.input;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads the bodies that describe an integration, and reports all broken rules at once. */
@ApplicationScoped
public class DraftReader {
    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String TARGET = "target";
    private static final String ACCESS = "access";

    private final JsonBody json;
    private final TargetReader targets;
    private final AccessReader accesses;

    /** The body in the OpenAPI document; nothing else uses this record. */
    @Schema(description = "An S3 integration. Unknown members are rejected.")
    public record IntegrationInput(
            @Schema(required = true, enumeration = "S3") String type,

            @Schema(
                    description =
                            "Unique in the tenant, ignoring case, the kind of white space, invisible characters and compatible"
                                    + " characters (NFKC). It has a visible character, and none that turns the direction of"
                                    + " writing. Stored in NFC, without white space around it. A validation of a draft does"
                                    + " not need it.",
                    minLength = 1,
                    maxLength = 100)
            @Nullable
            String name,

            @Schema(maxLength = 1000) @Nullable String description,
            @Schema(required = true) TargetReader.TargetInput target,

            @Schema(description = "Whether SEA needs s3:GetObjectTagging for session metadata.", defaultValue = "true")
            @Nullable
            Boolean sessionMetadata,

            @Schema(required = true) AccessReader.AccessInput access) {}

    DraftReader(JsonBody json, TargetReader targets, AccessReader accesses) {
        this.json = json;
        this.targets = targets;
        this.accesses = accesses;
    }

    /**
     * Reads an integration that is to be stored.
     *
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public NewIntegration newIntegration(byte[] body) {
        InputObject input = json.read(body);
        input.require(NAME);
        Optional<IntegrationName> name = input.value(NAME, IntegrationName::entered);
        Description description = description(input);
        Optional<Draft> draft = draft(input);
        input.finish();
        return new NewIntegration(name.orElseThrow(), description, draft.orElseThrow());
    }

    /**
     * Reads an integration that is only to be validated: the same body, but the name may be missing.
     *
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public Draft draft(InputStream body) {
        InputObject input = json.read(body);
        input.value(NAME, IntegrationName::entered);
        description(input);
        Optional<Draft> draft = draft(input);
        input.finish();
        return draft.orElseThrow();
    }

    private static Description description(InputObject input) {
        return input.value("description", Description::entered).orElse(Description.NONE);
    }

    private Optional<Draft> draft(InputObject input) {
        input.require(TYPE);
        input.value(TYPE, DraftReader::type);
        input.require(TARGET);
        input.require(ACCESS);
        Optional<Target> target = input.object(TARGET).flatMap(targets::read);
        boolean sessionMetadata = input.flag("sessionMetadata").orElse(true);
        Optional<PresentedAccess> access = input.object(ACCESS).flatMap(accesses::read);
        return target.flatMap(where -> access.map(how -> new Draft(where, sessionMetadata, how)));
    }

    static String type(String type) {
        RuleViolation.require(type.equals("S3"), "TYPE", "The type must be S3.");
        return type;
    }
}
