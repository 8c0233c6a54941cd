package dev.sea.integrations.mistakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;

/** A customer who does exactly what reports say: pastes each statement into the policy for which it is meant. */
final class Mending {
    private static final Set<String> BY_TRUST = Set.of("TRUST_POLICY_DENIED", "EXTERNAL_ID_NOT_ENFORCED");
    private static final Set<String> BY_PERMISSIONS = Set.of("IDENTITY_POLICY_MISSING", "KMS_DENIED");

    private final Customer customer;
    private final IamClient iam = Account.CUSTOMER.iam();
    private final ArrayNode permissions = JsonNodeFactory.instance.arrayNode();

    Mending(Customer customer) {
        this.customer = customer;
    }

    /** Whether statements are enough: nothing denies, and the role or user exists. */
    static boolean isPossible(Mistake mistake, JsonNode report) {
        List<JsonNode> failed = failed(report);
        boolean isThere = mistake.told().path("role").path("exists").asBoolean(true)
                && !mistake.told().path("input").path("access").has("roleArn");
        return isThere
                && !failed.isEmpty()
                && failed.stream()
                        .allMatch(check -> check.path("remedy").has("statement")
                                && (BY_TRUST.contains(check.path("code").asText())
                                        || BY_PERMISSIONS.contains(
                                                check.path("code").asText())));
    }

    void apply(Mistake mistake, JsonNode report) {
        for (JsonNode check : failed(report)) {
            JsonNode statement = check.path("remedy").path("statement");
            if (BY_TRUST.contains(check.path("code").asText())) {
                String trust = policy(JsonNodeFactory.instance.arrayNode().add(statement));
                iam.updateAssumeRolePolicy(
                        request -> request.roleName(customer.name("roleName")).policyDocument(trust));
            } else {
                permissions.add(statement);
            }
        }
        if (permissions.isEmpty()) {
            return;
        }
        String policy = policy(permissions);
        if (mistake.usesKeys()) {
            iam.putUserPolicy(request -> request.userName(customer.name("userName"))
                    .policyName("mended")
                    .policyDocument(policy));
        } else {
            iam.putRolePolicy(request -> request.roleName(customer.name("roleName"))
                    .policyName("mended")
                    .policyDocument(policy));
        }
    }

    private static String policy(ArrayNode statements) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Version", "2012-10-17")
                .set("Statement", statements)
                .toString();
    }

    private static List<JsonNode> failed(JsonNode report) {
        return Mistake.elements(report.path("checks"))
                .filter(check -> check.path("outcome").asText().equals("FAILED"))
                .toList();
    }
}
