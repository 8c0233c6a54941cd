package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.CustomerTools;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A role made from our own output passes our own validation, and one that lacks any of it does not. */
@QuarkusTest
class PoliciesClosedLoopTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ODD_PREFIX = "O'Brien \"q\" $HOME ${x} %{y} *?\\ `id` $(id) é 中 😀 #&;/";
    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    /** What the role is for. */
    enum Case {
        WHOLE_BUCKET("", false, "/"),
        PREFIX("plant-7/", false, "/"),
        ODD_NAMES(ODD_PREFIX, false, "/te$m/\"q'\\x%{y}/"),
        KEY("", true, "/"),
        KEY_AND_PREFIX("plant-7/", true, "/sea/"),
        KEY_AND_ODD_NAMES(ODD_PREFIX, true, "/");

        private final String prefix;
        private final boolean key;
        private final String path;

        Case(String prefix, boolean key, String path) {
            this.prefix = prefix;
            this.key = key;
            this.path = path;
        }
    }

    static Stream<Arguments> renderingsAndCases() {
        return Stream.of(Rendering.values())
                .flatMap(rendering -> Stream.of(Case.values()).map(it -> Arguments.of(rendering, it)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("renderingsAndCases")
    void aRoleMadeFromARenderingIsHealthy(Rendering rendering, Case it) {
        Customer customer = customer(it);
        ObjectNode draft = draft(customer, it);

        String made = rendering.make(policies(draft), it.path, customer.name("roleName"));

        assertThat(made).isEqualTo(customer.name("roleArn"));
        JsonNode report = validate(draft);
        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo("HEALTHY");
        Map<String, String> outcomes = outcomes(report);
        assertThat(outcomes)
                .containsAllEntriesOf(Map.of(
                        "credentials", "PASSED",
                        "external-id-enforced", "PASSED",
                        "list", "PASSED",
                        "put", "PASSED",
                        "get", "PASSED",
                        "tagging", "PASSED",
                        "kms", it.key ? "PASSED" : "SKIPPED"));
    }

    @Test
    void cfnLintFindsNothingToSay() {
        List<String> templates = Stream.of(Case.values())
                .map(it ->
                        policies(draft(customer(it), it)).path("cloudFormation").asText())
                .toList();

        assertThat(CustomerTools.cfnLint(templates).succeeded()).isEmpty();
    }

    @Test
    void aRoleMadeWithoutSessionMetadataIsHealthyAndMayNotReadTags() {
        Customer customer = customer(Case.PREFIX);
        ObjectNode draft = draft(customer, Case.PREFIX).put("sessionMetadata", false);

        Rendering.JSON.make(policies(draft), "/", customer.name("roleName"));

        JsonNode report = validate(draft);
        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo("HEALTHY");
        assertThat(outcomes(report)).containsEntry("tagging", "WARNING");
    }

    @Test
    void theProposedRoleIsHealthy() {
        Customer customer = customer(Case.WHOLE_BUCKET);
        ObjectNode draft = draft(customer, Case.WHOLE_BUCKET);
        ObjectNode unnamed = draft.deepCopy();
        unnamed.withObject("/access").remove("roleArn");

        String arn = Rendering.AWS_CLI_IN_SH.make(policies(unnamed), "/", "");

        assertThat(arn).contains(":role/SEA_ext_access_" + customer.name("bucket"));
        draft.withObject("/access").put("roleArn", arn);
        assertThat(validate(draft).path("status").asText()).isEqualTo("HEALTHY");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keyCases")
    void withoutAnyOneActionOrStatementExactlyTheChecksForItFail(Case it) {
        Customer customer = customer(it);
        ObjectNode draft = draft(customer, it);
        JsonNode answer = policies(draft);
        Rendering.JSON.make(answer, it.path, customer.name("roleName"));
        assertThat(validate(draft).path("status").asText()).isEqualTo("HEALTHY");
        ObjectNode permissions = (ObjectNode) answer.path("permissionsPolicy");

        Map<String, Set<String>> expected = new LinkedHashMap<>();
        expected.put("s3:ListBucket", Set.of("list"));
        expected.put("s3:PutObject", Set.of("put"));
        expected.put("s3:GetObject", Set.of("get"));
        expected.put("s3:GetObjectTagging", Set.of("tagging"));
        expected.put("kms:Encrypt", Set.of("kms"));
        // S3 uses the key in the caller's name: its check and that of the call that needs it.
        expected.put("kms:Decrypt", Set.of("get", "kms"));
        expected.put("kms:GenerateDataKey", Set.of("put", "kms"));
        Map<String, Set<String>> statements = Map.of(
                "SeaList", Set.of("list"),
                "SeaObjects", Set.of("put", "get", "tagging"),
                "SeaKey", Set.of("put", "get", "kms"));

        assertThat(actions(permissions)).isEqualTo(expected.keySet());
        expected.forEach((action, checks) -> {
            put(customer, withoutAction(permissions, action));
            assertThat(failed(validate(draft))).as("without " + action).isEqualTo(checks);
        });
        statements.forEach((sid, checks) -> {
            put(customer, withoutStatement(permissions, sid));
            assertThat(failed(validate(draft))).as("without " + sid).isEqualTo(checks);
        });
        put(customer, permissions);
        assertThat(validate(draft).path("status").asText()).isEqualTo("HEALTHY");
    }

    static Stream<Case> keyCases() {
        return Stream.of(Case.KEY, Case.KEY_AND_ODD_NAMES);
    }

    @Test
    void withoutTheConditionOnTheExternalIdTheCheckForItFails() {
        Customer customer = customer(Case.WHOLE_BUCKET);
        ObjectNode draft = draft(customer, Case.WHOLE_BUCKET);
        JsonNode answer = policies(draft);
        Rendering.JSON.make(answer, "/", customer.name("roleName"));
        ObjectNode trust = answer.path("trustPolicy").deepCopy();
        ((ObjectNode) trust.at("/Statement/0")).remove("Condition");

        customer.withTrust(trust.toString());

        assertThat(failed(validate(draft))).isEqualTo(Set.of("external-id-enforced"));
    }

    private Customer customer(Case it) {
        Customer customer = new Customer().in("eu-west-1").withBucket();
        // The client prints an ARN per line: nothing in a path ends one.
        customer.role(it.path, "SEA_ext_access_loop_" + customer.name("run"));
        return it.key ? customer.withKey().withEncryptedBucket() : customer;
    }

    private static ObjectNode draft(Customer customer, Case it) {
        ObjectNode draft = JSON.createObjectNode().put("type", "S3");
        ObjectNode target = draft.putObject("target")
                .put("region", customer.region())
                .put("bucket", customer.name("bucket"))
                .put("prefix", it.prefix);
        if (it.key) {
            target.put("kmsKeyArn", customer.name("keyArn"));
        }
        draft.putObject("access")
                .put("method", "ASSUME_ROLE")
                .put("roleArn", customer.name("roleArn"))
                .put("externalId", customer.name("externalId"));
        return draft;
    }

    private JsonNode policies(ObjectNode draft) {
        return answer("/v1/policies", draft);
    }

    private JsonNode validate(ObjectNode draft) {
        return answer("/v1/validations", draft);
    }

    private JsonNode answer(String path, ObjectNode body) {
        Gateway.Answer answer = admin.post(path, body.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void put(Customer customer, ObjectNode permissions) {
        Account.CUSTOMER
                .iam()
                .putRolePolicy(request -> request.roleName(customer.name("roleName"))
                        .policyName("SeaAccess")
                        .policyDocument(permissions.toString()));
    }

    private static Set<String> actions(ObjectNode policy) {
        return stream(policy.path("Statement"))
                .flatMap(statement -> stream(statement.path("Action")))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static ObjectNode withoutAction(ObjectNode policy, String action) {
        ObjectNode changed = policy.deepCopy();
        for (JsonNode statement : changed.path("Statement")) {
            removeIf(
                    (ArrayNode) statement.path("Action"),
                    element -> element.asText().equals(action));
        }
        removeIf(
                (ArrayNode) changed.path("Statement"),
                statement -> statement.path("Action").isEmpty());
        return changed;
    }

    private static ObjectNode withoutStatement(ObjectNode policy, String sid) {
        ObjectNode changed = policy.deepCopy();
        removeIf(
                (ArrayNode) changed.path("Statement"),
                statement -> statement.path("Sid").asText().equals(sid));
        return changed;
    }

    private static void removeIf(ArrayNode array, java.util.function.Predicate<JsonNode> condition) {
        List<JsonNode> kept = stream(array).filter(condition.negate()).toList();
        array.removeAll().addAll(kept);
    }

    private static Map<String, String> outcomes(JsonNode report) {
        return stream(report.path("checks"))
                .collect(Collectors.toMap(
                        check -> check.path("id").asText(),
                        check -> check.path("outcome").asText()));
    }

    private static Set<String> failed(JsonNode report) {
        return outcomes(report).entrySet().stream()
                .filter(check -> check.getValue().equals("FAILED"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
