package dev.sea.integrations.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BucketsResourceTest {
    private static final String LOOKUP = "/v1/buckets/lookup";

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", "eu-central-1", "me-south-1"})
    void aBucketIsFoundInWhateverRegionItIsThoughItLetsNobodyIn(String region) {
        String bucket = new Customer().in(region).withBucket().name("bucket");

        assertThat(found(bucket)).isEqualTo(json("{\"exists\": true, \"region\": \"" + region + "\"}"));
    }

    @Test
    void anotherAccountsBucketIsFoundAsWell() {
        String bucket = new Customer()
                .ownedBy(Account.OTHER)
                .in("eu-west-1")
                .withBucket()
                .name("bucket");

        assertThat(found(bucket).path("region").asText()).isEqualTo("eu-west-1");
    }

    @Test
    void aBucketThatIsNotThereHasNoRegion() {
        assertThat(found(new Customer().name("bucket"))).isEqualTo(json("{\"exists\": false, \"region\": null}"));
    }

    @ParameterizedTest
    @CsvSource({
        "{}, REQUIRED",
        "{\"bucket\": \"a\"}, BUCKET_NAME_LENGTH",
        "{\"bucket\": \"arn:aws:s3:::acme\"}, BUCKET_NAME_IS_ARN",
        "{\"bucket\": \"acme-an\"}, BUCKET_NAME_REGIONAL",
        "{\"bucket\": 7}, WRONG_TYPE"
    })
    void aNameThatNoBucketHasIsRefused(String body, String code) {
        Gateway.Answer answer = admin.post(LOOKUP, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("/bucket");
        assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo(code);
    }

    @Test
    void itIsOneCallWithoutCredentials() {
        String bucket = new Customer().withBucket().name("bucket");
        long before = System.currentTimeMillis();

        found(bucket);

        assertThat(LocalAws.calls(before, Map.of("bucket", bucket)))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.operation()).isEqualTo("HeadBucket");
                    assertThat(call.status()).isEqualTo(403);
                    assertThat(call.facts().has("accessKeyId")).isFalse();
                });
    }

    /** The door that asks the quota writes it. */
    @Test
    void itIsInTheAuditLogAndSoCountsAsAProof() {
        String bucket = new Customer().withBucket().name("bucket");
        try (LogLines audit = LogLines.of("audit")) {
            found(bucket);

            assertThat(audit.lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("look-up-bucket " + bucket + " tenant=" + tenant + " subject=ada"));
        }
    }

    @Test
    void anOutageOfS3IsA503AndSaysWhenToTryAgain() {
        String bucket = new Customer().withBucket().name("bucket");
        try (LocalAws.Fault fault = LocalAws.fault("503", "s3", "HeadBucket", Map.of("bucket", bucket), 2)) {
            Gateway.Answer answer = admin.post(LOOKUP, body(bucket));

            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:unavailable");
        }
        assertThat(found(bucket).path("exists").asBoolean()).isTrue();
    }

    private JsonNode found(String bucket) {
        Gateway.Answer answer = admin.post(LOOKUP, body(bucket));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String body(String bucket) {
        return "{\"bucket\": \"" + bucket + "\"}";
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
