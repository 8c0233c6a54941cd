package dev.sea.integrations.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.StoredData;
import java.util.List;

/** A tenant's administrator, and its workflow, who use all of the API, and see that each thing was done. */
final class Administrator {
    static final String ALL = "/v1/integrations";
    private static final String KEYS = """
            {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}""";

    static final String RECORDING = """
            {"purpose": "RECORD", "key": "9f2c.mp4", "contentLength": 0, "contentType": "video/mp4",
             "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}""";

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    String tenant() {
        return tenant;
    }

    Gateway gateway() {
        return admin;
    }

    StoredData stored() {
        return stored;
    }

    /** Everything that the API can do, each with what shows that it was done. */
    void useTheApi(Customer customer) {
        String externalId = done(201, admin.post("/v1/external-ids", null))
                .path("externalId")
                .asText();
        assertThat(stored.claim(externalId)).isNotEmpty();
        done(200, admin.get("/v1/settings"));
        JsonNode bucket = done(200, admin.post("/v1/buckets/lookup", customer.fill("{\"bucket\": \"${bucket}\"}")));
        assertThat(bucket.path("region").asText()).isEqualTo(customer.region());
        JsonNode draft = done(200, admin.post("/v1/validations", role(customer, "draft")));
        assertThat(draft.path("status").asText()).isEqualTo("HEALTHY");
        JsonNode byRole = done(201, admin.post(ALL, role(customer, "by role")));
        JsonNode byKeys = done(201, admin.header("Idempotency-Key", "1").post(ALL, keys(customer, "by keys")));
        for (JsonNode made : List.of(byRole, byKeys)) {
            String path = ALL + "/" + made.path("id").asText();
            assertThat(made.path("validation").path("status").asText()).isEqualTo("HEALTHY");
            assertThat(LocalAws.healthEvents(made.path("id").asText())).isNotEmpty();
            JsonNode again = done(200, admin.post(path + "/validations", null));
            assertThat(again.path("status").asText()).isEqualTo("HEALTHY");
            assertThat(done(200, admin.get(path + "/validations")).path("items"))
                    .hasSize(2);
            done(200, admin.post(path + "/activate", null));
            makeItTheDestination(made);
            Gateway workflow = Gateway.workflow(tenant);
            JsonNode grant = done(201, workflow.post(path + "/grants", RECORDING));
            String outcome = path + "/grants/" + grant.path("id").asText() + "/outcome";
            assertThat(workflow.post(outcome, "{\"result\": \"STORED\"}")
                            .json()
                            .path("type")
                            .asText())
                    .isEqualTo("urn:sea:problem:recording-not-found");
            done(200, workflow.post(outcome, "{\"result\": \"FAILED\"}"));
            assertThat(done(200, admin.get(path + "/grants")).path("items")).hasSize(1);
            assertThat(done(200, admin.get(path + "/evidence"))
                            .at("/totals/failed")
                            .asInt())
                    .isEqualTo(1);
            done(200, workflow.get(path + "/recordings"));
            done(404, workflow.get(path + "/recordings/metadata?key=9f2c.mp4"));
            done(200, admin.post(path + "/deactivate", null));
        }
        assertThat(done(200, admin.get(ALL)).path("items")).hasSize(2);
        String path = ALL + "/" + byKeys.path("id").asText();
        String etag = admin.get(path).header("ETag");
        String access = customer.withAnotherAccessKey().fill("{\"access\": " + KEYS + "}");
        done(200, admin.header("If-Match", etag).send("PATCH", path, access));
        done(204, admin.send("DELETE", path, null));
        assertThat(stored.markers()).isEmpty();
        assertThat(stored.recoverableSecrets()).hasSize(2);
    }

    private void makeItTheDestination(JsonNode made) {
        String destination = "/v1/destinations/recordings";
        String body = "{\"primary\": \"" + made.path("id").asText() + "\"}";
        done(200, admin.header("If-None-Match", "*").send("PUT", destination, body));
        assertThat(done(200, admin.get(destination + "/readiness"))
                        .path("ready")
                        .asBoolean())
                .isTrue();
        done(204, admin.send("DELETE", destination, null));
    }

    static JsonNode done(int status, Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return status == 204 ? MissingNode.getInstance() : answer.json();
    }

    static String role(Customer customer, String name) {
        return body(customer, name, """
                {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}""");
    }

    static String keys(Customer customer, String name) {
        return body(customer, name, KEYS);
    }

    private static String body(Customer customer, String name, String access) {
        return customer.fill("""
                {"type": "S3", "name": "%s", "target": {"region": "us-east-1", "bucket": "${bucket}"}, "access": %s}""".formatted(name, access));
    }
}
