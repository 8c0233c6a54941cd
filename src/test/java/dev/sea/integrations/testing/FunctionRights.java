package dev.sea.integrations.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * The rights of a role of {@code template.yaml}. In the local AWS one principal stands for all functions; until this
 * is closed, it has only these rights, or fewer.
 */
public final class FunctionRights implements AutoCloseable {
    /** Where the local AWS keeps the rights of each role of the template. */
    public enum OfRole {
        API("sea-function", "ApiFunctionRole-api"),
        SWEEP("sea-function", "SweepFunctionRole-sweep"),
        GATEWAY("sea-gateway", "customers-roles");

        private final String role;
        private final String policy;

        OfRole(String role, String policy) {
            this.role = role;
            this.policy = policy;
        }
    }

    /**
     * One part that can be taken out of a statement: an action, a resource or a value of a condition. If a statement
     * has only one of each, the whole statement.
     *
     * @param pointer to the part in the policy
     */
    public record Grant(String sid, String value, String pointer) {
        @Override
        public String toString() {
            return sid + ": " + value;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String role;
    private final Map<String, String> before = new LinkedHashMap<>();

    private FunctionRights(OfRole kept, JsonNode policy) {
        role = kept.role;
        for (String name :
                iam().listRolePolicies(request -> request.roleName(role)).policyNames()) {
            before.put(name, document(role, name));
        }
        before.keySet().stream()
                .filter(name -> !name.equals(kept.policy))
                .forEach(name ->
                        iam().deleteRolePolicy(request -> request.roleName(role).policyName(name)));
        put(kept.policy, policy.toString());
    }

    /** All parts that can be taken from a role, one at a time. */
    public static List<Grant> grants(OfRole role) {
        List<Grant> grants = new ArrayList<>();
        JsonNode statements = policy(role).path("Statement");
        for (int i = 0; i < statements.size(); i++) {
            String sid = statements.path(i).path("Sid").textValue();
            String at = "/Statement/" + i;
            int before = grants.size();
            several(statements.path(i), at, sid, grants);
            if (grants.size() == before) {
                grants.add(
                        new Grant(sid, statements.path(i).path("Action").path(0).textValue(), at));
            }
        }
        return grants;
    }

    private static void several(JsonNode node, String pointer, String sid, List<Grant> grants) {
        if (node instanceof ArrayNode values && values.size() > 1) {
            for (int i = 0; i < values.size(); i++) {
                grants.add(new Grant(sid, values.get(i).textValue(), pointer + "/" + i));
            }
        }
        if (node instanceof ObjectNode members) {
            members.forEachEntry((name, value) -> several(value, pointer + "/" + name, sid, grants));
        }
    }

    public static FunctionRights only(OfRole role) {
        return new FunctionRights(role, policy(role));
    }

    public static FunctionRights without(OfRole role, Grant grant) {
        JsonNode policy = policy(role);
        int end = grant.pointer().lastIndexOf('/');
        ((ArrayNode) policy.at(grant.pointer().substring(0, end)))
                .remove(Integer.parseInt(grant.pointer().substring(end + 1)));
        return new FunctionRights(role, policy);
    }

    private static JsonNode policy(OfRole role) {
        try {
            return JSON.readTree(document(role.role, role.policy));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String document(String role, String name) {
        String document = iam().getRolePolicy(request -> request.roleName(role).policyName(name))
                .policyDocument();
        return document.startsWith("%") ? URLDecoder.decode(document, StandardCharsets.UTF_8) : document;
    }

    private void put(String name, String document) {
        iam().putRolePolicy(request -> request.roleName(role).policyName(name).policyDocument(document));
    }

    private static IamClient iam() {
        return Account.SERVICE.iam();
    }

    @Override
    public void close() {
        before.forEach(this::put);
    }
}
