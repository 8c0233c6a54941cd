package dev.sea.integrations.lifecycle;

import static dev.sea.integrations.testing.Gateway.errors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EditingTest {
    private static final String ALL = "/v1/integrations";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    @Test
    void aNewNameIsOneNewVersionAndFreesTheOldName() {
        JsonNode before = create(Drafts.role());
        Gateway.Answer answer = patch(before, """
                {"name": "Plant 8", "description": null}""");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.json().path("name").asText()).isEqualTo("Plant 8");
        assertThat(answer.json().path("description").asText()).isEmpty();
        assertThat(answer.json().path("target")).isEqualTo(before.path("target"));
        assertThat(answer.json().has("validation")).isFalse();
        assertThat(admin.get(path(before)).json()).isEqualTo(answer.json());
        assertThat(stored.problems()).isEmpty();
        create(Drafts.role().setText("/access/externalId", "sea-other-" + tenant));
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        create(Drafts.role());
        JsonNode other = create(Drafts.role().setText("/name", "Plant 8"));

        assertThat(patch(other, "{\"name\": \"plant 7 RECORDINGS\"}").status()).isEqualTo(409);
        assertThat(patch(other, "{\"name\": \"PLANT 8\"}").json().path("name").asText())
                .isEqualTo("PLANT 8");
        assertThat(stored.problems()).isEmpty();
    }

    /** IDs that differ in case only are one claim. */
    @Test
    void anExternalIdMayChangeItsCase() {
        Customer customer = Customer.healthy();
        JsonNode before = create(Drafts.of(customer, "Plant 7"));
        String other = customer.name("externalId").toUpperCase(Locale.ROOT);
        customer.withTrust(Customer.TRUST.replace("${externalId}", other));

        Gateway.Answer answer = patch(before, "{\"access\": {\"externalId\": \"%s\"}}".formatted(other));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(admin.get(path(before)).json().at("/access/externalId").asText())
                .isEqualTo(other);
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void whatChangesNothingMakesNoVersion() {
        JsonNode before = create(Drafts.role());
        String same = """
                {"name": "Plant 7 recordings", "target": {"prefix": "plant-7"}, "access": {"method": "ASSUME_ROLE"}}""";

        for (String nothing : List.of("{}", same)) {
            Gateway.Answer answer = patch(before, nothing);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        }
        assertThat(admin.get(path(before)).json()).isEqualTo(before);
    }

    @Test
    void aChangeNeedsTheVersionThatItChanges() {
        JsonNode before = create(Drafts.role());
        String change = "{\"description\": \"new\"}";

        assertThat(admin.send("PATCH", path(before), change).status()).isEqualTo(428);
        for (String other : List.of("\"2\"", "W/\"1\"", "\"2\", \"3\"", "\"\"", "\"1x\"")) {
            assertThat(ifMatch(other).send("PATCH", path(before), change).status())
                    .as(other)
                    .isEqualTo(412);
        }
        for (String none : List.of("1", "\"1", "\"1\" \"2\"", "*, \"1\"", "W/1")) {
            Gateway.Answer answer = ifMatch(none).send("PATCH", path(before), change);
            assertThat(answer.status()).as(none).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo("If-Match");
        }
        assertThat(admin.get(path(before)).json()).isEqualTo(before);
        assertThat(ifMatch("\"7\",  \"1\" ,W/\"1\"")
                        .send("PATCH", path(before), change)
                        .status())
                .isEqualTo(200);
        assertThat(ifMatch("*")
                        .send("PATCH", path(before), "{\"description\": \"newer\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWrongVersionIsSaidBeforeTheBodyIsRead() {
        JsonNode before = create(Drafts.role());
        assertThat(ifMatch("\"9\"").send("PATCH", path(before), "no json").status())
                .isEqualTo(412);
    }

    @Test
    void bothMediaTypesOfAPatchAreTakenAndNoOther() {
        JsonNode before = create(Drafts.role());
        Gateway any = ifMatch("*");

        assertThat(any.header("content-type", "application/merge-patch+json")
                        .send("PATCH", path(before), "{\"description\": \"a\"}")
                        .status())
                .isEqualTo(200);
        assertThat(any.header("content-type", "application/json; charset=utf-8")
                        .send("PATCH", path(before), "{\"description\": \"b\"}")
                        .status())
                .isEqualTo(200);
        assertThat(any.header("content-type", "application/json-patch+json")
                        .send("PATCH", path(before), "[]")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void everyBrokenRuleOfAPatchIsNamed() {
        JsonNode before = create(Drafts.role());
        Map<String, String> broken = Map.ofEntries(
                Map.entry("{\"name\": null}", "/name REQUIRED"),
                Map.entry("{\"name\": 7}", "/name WRONG_TYPE"),
                Map.entry("{\"id\": \"int_01JD9Z00000000000000000000\"}", "/id READ_ONLY"),
                Map.entry("{\"type\": \"S3\"}", "/type READ_ONLY"),
                Map.entry("{\"state\": \"ACTIVE\"}", "/state READ_ONLY"),
                Map.entry("{\"health\": null}", "/health READ_ONLY"),
                Map.entry("{\"version\": 2}", "/version READ_ONLY"),
                Map.entry("{\"nickname\": null}", "/nickname UNKNOWN_MEMBER"),
                Map.entry("{\"target\": null}", "/target REQUIRED"),
                Map.entry("{\"target\": \"x\"}", "/target WRONG_TYPE"),
                Map.entry("{\"target\": {\"region\": null}}", "/target/region REQUIRED"),
                Map.entry("{\"target\": {\"bucket\": \"Upper\"}}", "/target/bucket"),
                Map.entry("{\"target\": {\"arn\": null}}", "/target/arn UNKNOWN_MEMBER"),
                Map.entry("{\"access\": null}", "/access REQUIRED"),
                Map.entry("{\"access\": {\"method\": null}}", "/access/method REQUIRED"),
                Map.entry("{\"access\": {\"method\": \"SSO\"}}", "/access/method METHOD"),
                Map.entry("{\"access\": {\"externalId\": null}}", "/access/externalId REQUIRED"),
                Map.entry("{\"access\": {\"accessKeyId\": \"AKIAIOSFODNN7EXAMPLE\"}}", "/access/accessKeyId NOT_WITH"),
                Map.entry("{\"access\": {\"method\": \"ACCESS_CREDENTIAL\"}}", "/access/secretAccessKey REQUIRED"),
                Map.entry("{\"access\": {\"roleArn\": \"arn:aws:iam::222233334444:role/other\"}}", "ROLE_NAME_PREFIX"));
        broken.forEach((body, error) -> {
            Gateway.Answer answer = patch(before, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(errors(answer)).as(body).anySatisfy(it -> assertThat(it).contains(error));
        });
        assertThat(admin.get(path(before)).json()).isEqualTo(before);
    }

    @Test
    void keysNeedBothMembersAndAreNotTheMaskedOnes() {
        JsonNode before = create(Drafts.keys());
        String masked = before.path("access").path("accessKeyId").asText();

        assertThat(errors(patch(before, "{\"access\": {\"accessKeyId\": \"" + masked + "\"}}")))
                .contains("/access/accessKeyId ACCESS_KEY_ID_MASKED", "/access/secretAccessKey REQUIRED");
        assertThat(errors(patch(before, "{\"access\": {\"secretAccessKey\": \"" + Drafts.SECRET + "\"}}")))
                .contains("/access/accessKeyId REQUIRED");
        assertThat(errors(patch(before, "{\"access\": {\"setAt\": \"2026-01-01T00:00:00.000Z\"}}")))
                .contains("/access/setAt READ_ONLY");
        assertThat(patch(before, "{\"access\": {\"method\": \"ACCESS_CREDENTIAL\"}}")
                        .header("ETag"))
                .isEqualTo("\"1\"");
        assertThat(stored.secrets()).hasSize(1);
    }

    @Test
    void newValuesThatDoNotPassChangeNothing() {
        Customer customer = Customer.healthy();
        JsonNode before = create(Drafts.of(customer, "Plant 7"));
        Customer broken = new Customer()
                .withBucket()
                .withUser("{\"Version\": \"2012-10-17\", \"Statement\": []}".replace("[]", NOTHING));

        Gateway.Answer answer = patch(before, keys(broken, "{\"name\": \"renamed\", "));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:change-not-proved");
        assertThat(answer.json().path("validation").path("checks")).isNotEmpty();
        assertThat(answer.text()).doesNotContain(broken.name("secretAccessKey"));
        assertThat(admin.get(path(before)).json()).isEqualTo(before);
        assertThat(stored.secrets()).isEmpty();
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void aRotationToAKeyThatAwsDoesNotKnowYetIsToBeTriedAgain() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        JsonNode before = create(Drafts.keysOf(customer, "Plant 7"));
        customer.withAnotherAccessKey();
        LocalAws.hideKey(customer.name("accessKeyId"), Duration.ofHours(1).toSeconds());

        Gateway.Answer refused = patch(before, keys(customer, "{"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("validation").path("status").asText()).isEqualTo("PROPAGATING");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        assertThat(admin.get(path(before)).json()).isEqualTo(before);

        LocalAws.hideKey(customer.name("accessKeyId"), 0);

        Gateway.Answer rotated = patch(before, keys(customer, "{"));
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        assertThat(rotated.json().path("health").path("status").asText()).isEqualTo("HEALTHY");
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void anActiveIntegrationMovesToKeysAndBackAndStaysActive() {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        JsonNode created = create(Drafts.of(customer, "Plant 7"), "");
        JsonNode active = admin.post(path(created) + "/activate", null).json();

        Gateway.Answer toKeys = patch(active, keys(customer, "{"));
        assertThat(toKeys.status()).as(toKeys.text()).isEqualTo(200);
        assertThat(toKeys.json().path("state").asText()).isEqualTo("ACTIVE");
        assertThat(toKeys.json().path("version").asInt()).isEqualTo(3);
        assertThat(toKeys.json().path("health").path("status").asText()).isEqualTo("HEALTHY");
        assertThat(toKeys.json().path("health").path("nextCheckAt").asText()).endsWith("Z");
        assertThat(toKeys.json().path("access").path("method").asText()).isEqualTo("ACCESS_CREDENTIAL");
        assertThat(toKeys.json().path("validation").path("status").asText()).isEqualTo("HEALTHY");
        assertThat(stored.secrets()).hasSize(1);
        assertThat(stored.uses(customer.name("externalId"))).isZero();
        assertThat(stored.problems()).isEmpty();

        Gateway.Answer toRole = patch(toKeys.json(), role(customer));
        assertThat(toRole.status()).as(toRole.text()).isEqualTo(200);
        assertThat(toRole.json().path("state").asText()).isEqualTo("ACTIVE");
        assertThat(stored.secrets()).isEmpty();
        assertThat(stored.recoverableSecrets()).hasSize(1);
        assertThat(stored.uses(customer.name("externalId"))).isEqualTo(1);
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void anExternalIdOfAnotherTenantIsRefusedWithoutACallToAws() {
        Customer customer = Customer.healthy();
        JsonNode before = create(Drafts.of(customer, "Plant 7"));
        String foreign = "sea-" + Gateway.freshTenant();
        Gateway.admin(Gateway.freshTenant())
                .post(
                        ALL + "?validate=false",
                        Drafts.role().setText("/access/externalId", foreign).toString());

        Gateway.Answer answer = patch(before, "{\"access\": {\"externalId\": \"" + foreign + "\"}}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:external-id-refused");
        assertThat(admin.get(path(before)).json()).isEqualTo(before);
    }

    @Test
    void anotherTenantsPatchFindsNothingAndAReadersIsForbidden() {
        JsonNode before = create(Drafts.role());
        Gateway other = Gateway.admin(Gateway.freshTenant());

        assertThat(other.header("if-match", "*")
                        .send("PATCH", path(before), "{}")
                        .status())
                .isEqualTo(404);
        assertThat(other.send("PATCH", path(before), "{}").status()).isEqualTo(404);
        assertThat(Gateway.reader(tenant)
                        .header("if-match", "*")
                        .send("PATCH", path(before), "{}")
                        .status())
                .isEqualTo(403);
    }

    private static final String NOTHING = """
            [{"Effect": "Allow", "Action": "s3:GetBucketTagging", "Resource": "*"}]""";

    private static String keys(Customer customer, String start) {
        return start + customer.fill("""
                "access": {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}",
                 "secretAccessKey": "${secretAccessKey}"},
                 "target": {"region": "us-east-1", "bucket": "${bucket}", "prefix": null}}""");
    }

    private static String role(Customer customer) {
        return customer.fill("""
                {"access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""");
    }

    private Gateway.Answer patch(JsonNode integration, String body) {
        return ifMatch("\"" + integration.path("version").asText() + "\"").send("PATCH", path(integration), body);
    }

    private Gateway ifMatch(String value) {
        return admin.header("if-match", value);
    }

    private JsonNode create(Drafts draft) {
        return create(draft, "?validate=false");
    }

    private JsonNode create(Drafts draft, String query) {
        if (draft.toString().contains("\"sea-7\"")) {
            draft.setText("/access/externalId", "sea-" + tenant);
        }
        Gateway.Answer answer = admin.post(ALL + query, draft.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String path(JsonNode integration) {
        return ALL + "/" + integration.path("id").asText();
    }
}
