package dev.sea.integrations.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a change of an integration, a JSON merge patch: members that it leaves out stay, and null removes an optional
 * member. Only what it changes is checked against the rules again, so that a new rule about buckets does not stop anybody
 * from renaming an old integration.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396, JSON Merge Patch</a>
 */
@ApplicationScoped
public class EditReader {
    private static final List<String> READ_ONLY = List.of(
            "id",
            "type",
            "state",
            "health",
            "version",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy",
            "validation");
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String TARGET = "target";
    private static final String SESSION_METADATA = "sessionMetadata";
    private static final String ACCESS = "access";
    private static final String METHOD = "method";
    private static final String SET_AT = "setAt";

    private final JsonBody json;
    private final TargetReader targets;
    private final AccessReader accesses;

    /** The merge patch in the OpenAPI document; nothing else uses this record. */
    @Schema(
            description =
                    "A JSON merge patch (RFC 7396) of an integration: members that are left out stay, null removes a member.")
    public record EditInput(
            @Schema(minLength = 1, maxLength = 100) String name,

            @Schema(maxLength = 1000) @Nullable String description,
            TargetEditInput target,

            @Schema(description = "null means true.") @Nullable
            Boolean sessionMetadata,

            AccessEditInput access) {}

    /** The members of {@code target} that change. */
    public record TargetEditInput(
            String region,

            @Schema(minLength = 3, maxLength = 63) String bucket,
            @Nullable String prefix,

            @Schema(pattern = "^[0-9]{12}$") @Nullable String expectedBucketOwner,
            @Nullable String kmsKeyArn) {}

    /** The members of {@code access} that change. Another method replaces it as a whole. New keys need ID and secret. */
    public record AccessEditInput(
            Access.Method method,

            @Schema(minLength = 20, maxLength = 2048) @Nullable
            String roleArn,

            @Schema(minLength = 2, maxLength = 1224) @Nullable
            String externalId,

            @Schema(minLength = 16, maxLength = 128) @Nullable
            String accessKeyId,

            @Schema(writeOnly = true) @Nullable String secretAccessKey) {}

    EditReader(JsonBody json, TargetReader targets, AccessReader accesses) {
        this.json = json;
        this.targets = targets;
        this.accesses = accesses;
    }

    /**
     * Reads the body.
     *
     * @param current the integration that it changes
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public Edit read(InputStream body, Integration current) {
        InputObject patch = json.read(body);
        READ_ONLY.forEach(name -> refuseReadOnly(patch, name));
        Optional<IntegrationName> name = Optional.of(current.name());
        if (patch.mentions(NAME)) {
            patch.require(NAME);
            name = patch.value(
                    NAME,
                    // A client that sends back what it read changes nothing, whatever the rules are by now.
                    text -> text.equals(current.name().value()) ? current.name() : IntegrationName.entered(text));
        }
        Description description = patch.mentions(DESCRIPTION)
                ? patch.value(
                                DESCRIPTION,
                                text -> text.equals(current.description().value())
                                        ? current.description()
                                        : Description.entered(text))
                        .orElse(Description.NONE)
                : current.description();
        boolean sessionMetadata = patch.mentions(SESSION_METADATA)
                ? patch.flag(SESSION_METADATA).orElse(true)
                : current.sessionMetadata();
        Optional<Target> target = patch.mentions(TARGET) ? target(patch, current) : Optional.of(current.target());
        Optional<PresentedAccess> access = patch.mentions(ACCESS) ? access(patch, current.access()) : Optional.empty();
        patch.finish();
        return new Edit(name.orElseThrow(), description, target.orElseThrow(), sessionMetadata, access);
    }

    private static void refuseReadOnly(InputObject object, String name) {
        if (object.mentions(name)) {
            object.refuse(name, "READ_ONLY", "This member cannot be changed.");
        }
    }

    private Optional<Target> target(InputObject patch, Integration current) {
        patch.require(TARGET);
        return patch.object(TARGET)
                .map(object -> object.completedBy(members(current.target())))
                .flatMap(targets::read);
    }

    private static ObjectNode members(Target target) {
        ObjectNode members = JsonNodeFactory.instance
                .objectNode()
                .put("region", target.region().id())
                .put("bucket", target.bucket().value())
                .put("prefix", target.prefix().value());
        target.expectedBucketOwner().ifPresent(owner -> members.put("expectedBucketOwner", owner.value()));
        target.kmsKey().ifPresent(key -> members.put("kmsKeyArn", key.value()));
        return members;
    }

    private Optional<PresentedAccess> access(InputObject patch, Access current) {
        patch.require(ACCESS);
        return patch.object(ACCESS).flatMap(object -> changed(object, current));
    }

    /**
     * The new access, or empty if it stays. Another method replaces it as a whole. New keys need both ID and secret, because
     * the stored secret is never read here.
     */
    private Optional<PresentedAccess> changed(InputObject access, Access current) {
        refuseReadOnly(access, SET_AT);
        if (access.mentions(METHOD) && !access.holds(METHOD, current.method().name())) {
            return accesses.read(access);
        }
        if (current instanceof Access.StoredKeys && access.mentionsOnly(METHOD, SET_AT)) {
            return Optional.empty();
        }
        return accesses.read(access.completedBy(members(current))).filter(presented -> !isSame(current, presented));
    }

    private static ObjectNode members(Access access) {
        ObjectNode members = JsonNodeFactory.instance
                .objectNode()
                .put(METHOD, access.method().name());
        if (access instanceof Access.AssumedRole(RoleArn role, ExternalId externalId)) {
            members.put("roleArn", role.value()).put("externalId", externalId.value());
        }
        return members;
    }

    private static boolean isSame(Access current, PresentedAccess presented) {
        return current instanceof Access.AssumedRole(RoleArn role, ExternalId externalId)
                && presented.equals(new PresentedAccess.Role(role, externalId));
    }
}
