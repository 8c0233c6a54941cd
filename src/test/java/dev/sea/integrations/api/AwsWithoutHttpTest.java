package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a caller is told while something that speaks no HTTP stands where AWS should be. */
@QuarkusTest
class AwsWithoutHttpTest {
    private static final String ALL = "/v1/integrations";
    private static final String STORE_ONLY = ALL + "?validate=false";
    private static final String NO_HTTP = "no-http";
    private static final int ALWAYS = 1_000;

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @Test
    void withoutDynamoDbEveryReadAndWriteIsToBeTriedAgain() {
        String path = admin.post(STORE_ONLY, Drafts.role().toString()).header("Location");

        try (var _ = LocalAws.faultOnBody(NO_HTTP, "dynamodb", "*", tenant, ALWAYS)) {
            assertThatItIsUnavailable(admin.get(path));
            assertThatItIsUnavailable(admin.get(ALL));
            assertThatItIsUnavailable(admin.post(
                    STORE_ONLY, Drafts.role().setText("/name", "Another").toString()));
            assertThatItIsUnavailable(
                    admin.header("If-Match", "\"1\"").send("PATCH", path, "{\"description\": \"Changed\"}"));
            assertThatItIsUnavailable(admin.send("DELETE", path, null));
            assertThatItIsUnavailable(admin.post("/v1/external-ids", null));
        }
        assertThat(admin.get(path).status()).isEqualTo(200);
    }

    @Test
    void withoutSecretsManagerAKeyCannotBeStoredNow() {
        try (var _ = LocalAws.faultOnBody(NO_HTTP, "secretsmanager", "*", tenant, ALWAYS)) {
            assertThatItIsUnavailable(admin.post(STORE_ONLY, Drafts.keys().toString()));
        }
    }

    @Test
    void withoutStsNothingIsKnownOfARole() {
        Customer customer = Customer.healthy();
        Map<String, String> role = Map.of("roleArn", customer.name("roleArn"));

        try (var _ = LocalAws.fault(NO_HTTP, "sts", "AssumeRole", role, ALWAYS)) {
            assertThatNothingIsKnown("credentials", customer);
        }
    }

    @Test
    void withoutS3NothingIsKnownOfABucket() {
        Customer customer = Customer.healthy();
        Map<String, String> bucket = Map.of("bucket", customer.name("bucket"));

        try (var _ = LocalAws.fault(NO_HTTP, "s3", "*", bucket, ALWAYS)) {
            assertThatNothingIsKnown("put", customer);
        }
    }

    private void assertThatNothingIsKnown(String check, Customer customer) {
        Gateway.Answer answer =
                admin.post("/v1/validations", Drafts.of(customer, "Plant 7").toString());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).as(answer.text()).isEqualTo("UNKNOWN");
        for (JsonNode each : answer.json().path("checks")) {
            assertThat(each.path("outcome").asText()).as(each.toString()).isNotEqualTo("FAILED");
            if (each.path("id").asText().equals(check)) {
                assertThat(each.path("code").asText()).isEqualTo("AWS_UNAVAILABLE");
            }
        }
    }

    private static void assertThatItIsUnavailable(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }
}
