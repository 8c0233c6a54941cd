package dev.sea.integrations.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

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
            "validation",
            "targetRevision");
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String TARGET = "target";
    private static final String ACCESS = "access";
    private static final String METHOD = "method";
    private static final String SET_AT = "setAt";

    private final JsonBody json;

    EditReader(JsonBody json) {
        this.json = json;
    }

    /**
     * Reads the body.
     *
     * @param current the integration that it changes
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public Edit read(InputStream body, Integration current) {
        ObjectNode patch = json.object(JsonBody.bytes(body));
        List<FieldError> errors = new ArrayList<>();
        READ_ONLY.forEach(name -> refuse(patch, "", name, errors));
        // A client that sends back what it read changes nothing, whatever the rules are by now.
        removeIfSame(patch, NAME, current.name().value());
        removeIfSame(patch, DESCRIPTION, current.description().value());
        if (patch.get(TARGET) instanceof ObjectNode target) {
            complete(target, members(current.target()));
        }
        if (patch.get(ACCESS) instanceof ObjectNode access) {
            refuse(access, "/" + ACCESS, SET_AT, errors);
            completeAccess(patch, access, current.access());
        }
        return json.bind(patch, errors, EditInput.class, JsonBody.ALWAYS).edit(current);
    }

    private static void refuse(ObjectNode object, String pointer, String name, List<FieldError> errors) {
        if (object.remove(name) != null) {
            errors.add(new FieldError(pointer + "/" + name, "READ_ONLY", "This member cannot be changed."));
        }
    }

    private static void removeIfSame(ObjectNode patch, String name, String value) {
        if (value.equals(patch.path(name).textValue())) {
            patch.remove(name);
        }
    }

    /**
     * Another method replaces the access as a whole. New keys need both ID and secret, because the stored secret is never read
     * here.
     */
    private static void completeAccess(ObjectNode patch, ObjectNode access, Access current) {
        String method = current.method().name();
        boolean isOther =
                access.has(METHOD) && !method.equals(access.path(METHOD).textValue());
        boolean isEmpty = access.size() == (access.has(METHOD) ? 1 : 0);
        if (!isOther && isEmpty && current instanceof Access.StoredKeys) {
            patch.remove(ACCESS);
        } else if (!isOther) {
            complete(access, members(current));
        }
    }

    private static void complete(ObjectNode object, ObjectNode current) {
        current.properties().forEach(member -> object.putIfAbsent(member.getKey(), member.getValue()));
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

    private static ObjectNode members(Access access) {
        ObjectNode members = JsonNodeFactory.instance
                .objectNode()
                .put(METHOD, access.method().name());
        if (access instanceof Access.AssumedRole(RoleArn role, ExternalId externalId)) {
            members.put("roleArn", role.value()).put("externalId", externalId.value());
        }
        return members;
    }
}
