package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IntegrationsResourceTest {
    private static final String ALL = "/v1/integrations";
    private static final String STORE_ONLY = ALL + "?validate=false";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @Test
    void aNewIntegrationIsInactiveAndAsItWasGiven() {
        String externalId = fresh();
        Gateway.Answer answer = admin.post(STORE_ONLY, role(externalId).toString());

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        JsonNode created = answer.json();
        String id = created.path("id").asText();
        assertThat(answer.header("Location")).isEqualTo(ALL + "/" + id);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.path("type").asText()).isEqualTo("S3");
        assertThat(created.path("name").asText()).isEqualTo("Plant 7 recordings");
        assertThat(created.path("state").asText()).isEqualTo("INACTIVE");
        assertThat(created.path("target").toString()).isEqualTo("""
                        {"region":"eu-west-1","bucket":"acme-sea-recordings","prefix":"plant-7/","expectedBucketOwner":null,"kmsKeyArn":null}""");
        assertThat(created.path("access").toString()).isEqualTo("""
                        {"method":"ASSUME_ROLE","roleArn":"arn:aws:iam::222233334444:role/SEA_ext_access_recorder","externalId":"%s"}""".formatted(externalId));
        assertThat(created.path("health").path("status").asText()).isEqualTo("UNKNOWN");
        assertThat(created.path("version").asInt()).isEqualTo(1);
        assertThat(created.path("createdBy").asText()).isEqualTo("ada");
        assertThat(created.path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(created.has("validation")).isFalse();
        Gateway.Answer read = admin.get(ALL + "/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(created);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void keysAreShownMaskedAndTheirSecretNever() {
        Gateway.Answer answer = admin.post(STORE_ONLY, Drafts.keys().toString());

        JsonNode access = answer.json().path("access");
        assertThat(access.path("accessKeyId").asText()).isEqualTo("AKIA************MPLE");
        assertThat(access.path("setAt").asText()).endsWith("Z");
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("wJalr");
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        String id = create("Plant 7");
        Gateway other = Gateway.admin(Gateway.freshTenant());
        String unknown = ALL + "/int_01JD9Z00000000000000000000";

        for (String call : List.of("", "/validations", "/activate", "/deactivate")) {
            String method = call.isEmpty() ? "GET" : "POST";
            Gateway.Answer foreign = other.send(method, ALL + "/" + id + call, null);
            Gateway.Answer never = other.send(method, unknown + call, null);
            Gateway.Answer malformed = other.send(method, ALL + "/42" + call, null);
            assertThat(foreign.status()).as(call).isEqualTo(404);
            assertThat(withoutPlace(foreign)).isEqualTo(withoutPlace(never)).isEqualTo(withoutPlace(malformed));
        }
        assertThat(other.get(ALL).json().path("items")).isEmpty();
    }

    @Test
    void aReaderMayLookButNotTouch() {
        String id = create("Plant 7");
        Gateway reader = Gateway.reader(tenant);

        assertThat(reader.get(ALL).status()).isEqualTo(200);
        assertThat(reader.get(ALL + "/" + id).status()).isEqualTo(200);
        assertThat(reader.get("/v1/settings").status()).isEqualTo(200);
        for (String call : List.of("", "/" + id + "/validations", "/" + id + "/activate", "/" + id + "/deactivate")) {
            assertThat(reader.post(ALL + call, Drafts.role().toString()).status())
                    .as(call)
                    .isEqualTo(403);
        }
        assertThat(reader.post("/v1/validations", Drafts.role().toString()).status())
                .isEqualTo(403);
    }

    @Test
    void aNameIsTakenWithoutRegardToCaseAndOnlyInItsTenant() {
        create("Plant 7");

        Gateway.Answer again =
                admin.post(STORE_ONLY, role(fresh()).setText("/name", "PLANT 7").toString());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("type").asText()).isEqualTo("urn:sea:problem:name-taken");
        assertThat(again.json().path("errors").path(0).path("field").asText()).isEqualTo("/name");
        assertThat(Gateway.admin(Gateway.freshTenant())
                        .post(
                                STORE_ONLY,
                                role(fresh()).setText("/name", "Plant 7").toString())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anExternalIdThatAnotherTenantUsesIsRefusedWithoutAWordAboutIt() {
        String externalId = fresh();
        String other = Gateway.freshTenant();
        Gateway.admin(other).post(STORE_ONLY, role(externalId).toString());

        for (String path : List.of(STORE_ONLY, ALL, "/v1/validations")) {
            Gateway.Answer refused = admin.post(path, role(externalId).toString());
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("type").asText()).isEqualTo("urn:sea:problem:external-id-refused");
            assertThat(refused.text()).doesNotContain(other).doesNotContain("tenant");
        }
        assertThat(admin.get(ALL).json().path("items")).isEmpty();
    }

    @Test
    void aTenantMayUseItsExternalIdMoreThanOnce() {
        String externalId = fresh();

        assertThat(admin.post(
                                STORE_ONLY,
                                role(externalId).setText("/name", "one").toString())
                        .status())
                .isEqualTo(201);
        assertThat(admin.post(
                                STORE_ONLY,
                                role(externalId).setText("/name", "two").toString())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void pagesFollowTheOrderOfCreationAndEnd() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(create("Plant " + i));
        }

        JsonNode first = admin.get(ALL + "?limit=2").json();
        JsonNode second = page(2, first);
        JsonNode third = page(2, second);
        List<String> seen = new ArrayList<>();
        List.of(first, second, third)
                .forEach(page -> page.path("items")
                        .forEach(item -> seen.add(item.path("id").asText())));
        assertThat(seen).isEqualTo(ids.stream().sorted().toList());
        assertThat(third.path("nextCursor").isNull()).isTrue();
        assertThat(admin.get(ALL + "?limit=5").json().path("nextCursor").isNull())
                .isTrue();
        assertThat(admin.get(ALL).json().path("items")).hasSize(5);
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        create("one");
        create("two");
        String cursor = admin.get(ALL + "?limit=1").json().path("nextCursor").asText();
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        char last = cursor.charAt(cursor.length() - 1);

        for (String bad : List.of(
                "x",
                "===",
                cursor + "A",
                cursor.substring(1),
                cursor.substring(0, cursor.length() - 1) + (last == 'A' ? 'B' : 'A'),
                (cursor.charAt(9) == 'A' ? 'B' : 'A') + cursor.substring(1))) {
            Gateway.Answer answer = admin.get(ALL + "?cursor=" + bad);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo("cursor");
        }
        assertThat(Gateway.admin(Gateway.freshTenant())
                        .get(ALL + "?cursor=" + cursor)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void everyBitOfACursorCounts() {
        create("one");
        create("two");
        String cursor = admin.get(ALL + "?limit=1").json().path("nextCursor").asText();
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < cursor.length(); i++) {
            char other = digits.charAt(digits.indexOf(cursor.charAt(i)) ^ 1);
            String altered = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThat(admin.get(ALL + "?cursor=" + altered).status())
                    .as(altered)
                    .isEqualTo(400);
        }
    }

    @Test
    void parametersAreReadAsStrictlyAsBodies() {
        for (String bad :
                List.of("?limit=0", "?limit=101", "?limit=-1", "?limit=ten", "?limit=1.0", "?limit=99999999999")) {
            assertThat(admin.get(ALL + bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(admin.get(ALL + "?limit=1").status()).isEqualTo(200);
        assertThat(admin.get(ALL + "?limit=100").status()).isEqualTo(200);
        assertThat(admin.post(ALL + "?validate=no", Drafts.role().toString()).status())
                .isEqualTo(400);
    }

    private JsonNode page(int limit, JsonNode before) {
        return admin.get(ALL + "?limit=" + limit + "&cursor="
                        + before.path("nextCursor").asText())
                .json();
    }

    private String create(String name) {
        Gateway.Answer answer =
                admin.post(STORE_ONLY, role(fresh()).setText("/name", name).toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private static String withoutPlace(Gateway.Answer answer) {
        ObjectNode problem = (ObjectNode) answer.json();
        return problem.without(List.of("instance", "requestId")).toString();
    }

    private static Drafts role(String externalId) {
        return Drafts.role().setText("/access/externalId", externalId);
    }

    private static String fresh() {
        return "sea-" + UUID.randomUUID();
    }
}
