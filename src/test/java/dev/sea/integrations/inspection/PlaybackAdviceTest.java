package dev.sea.integrations.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** The advice about CORS, where the deployment names the page that plays recordings. */
@QuarkusTest
@TestProfile(PlaybackAdviceTest.WithPage.class)
class PlaybackAdviceTest {
    private static final String ALL = "/v1/integrations";
    private static final String PAGE = "https://sea.example.com";

    /** Beside what is read, the sockets' buffers on both sides fill up. */
    private static final long READ_AT_MOST = 32L << 20;

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());
    private S3Client s3;
    private Customer customer;

    @Inject
    TestClock clock;

    @Inject
    RegionalClients clients;

    public static final class WithPage implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sea.playback.origin", PAGE);
        }
    }

    @BeforeEach
    void aCustomer() {
        s3 = Account.CUSTOMER.s3("us-east-1");
        customer = versioned();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aBucketWithoutCorsRulesIsToldTheOneThatIsMissing() {
        JsonNode report = validatedUntil(created(), List.of("PLAYBACK_CORS_MISSING"));

        assertThat(report.path("status").asText()).isEqualTo("HEALTHY");
        JsonNode advice = report.at("/advice/0");
        assertThat(advice.path("message").asText())
                .isEqualTo("The bucket's CORS rules do not let https://sea.example.com read recordings in parts, as"
                        + " browsers play them.");
        assertThat(advice.at("/remedy/text").asText())
                .contains("aws s3api put-bucket-cors --bucket " + customer.name("bucket"));
    }

    @Test
    void withTheRuleToAddTheAdviceGoesAndThatIsAnEvent() {
        String id = created();
        JsonNode rule =
                validatedUntil(id, List.of("PLAYBACK_CORS_MISSING")).at("/advice/0/remedy/configuration/CORSRules/0");
        rule(texts(rule, "AllowedOrigins"), texts(rule, "AllowedMethods"), texts(rule, "AllowedHeaders"));

        validatedUntil(id, List.of());

        assertThat(LocalAws.adviceEvents(id))
                .hasSize(2)
                .last()
                .satisfies(event -> assertThat(event.at("/gone/0").asText()).isEqualTo("PLAYBACK_CORS_MISSING"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "https://sea.example.com       | GET,HEAD | Range           | true",
                "https://*.example.com         | GET      | *               | true",
                "*                             | GET      | *               | true",
                "https://sea.example.org       | GET,HEAD | Range           | false",
                "http://sea.example.com        | GET      | Range           | false",
                "https://sea.example.com       | GET,HEAD |                 | false",
                "https://sea.example.com       | GET      | Content-Type    | false",
                "https://sea.example.com       | PUT      | *               | false"
            })
    void aRuleMustBeForThePageTheMethodAndTheRange(String origin, String methods, String headers, boolean enough) {
        rule(List.of(origin), List.of(methods.split(",")), headers == null ? List.of() : List.of(headers));

        assertThat(asked()).contains(enough);
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers", "truncate", "html", "empty", "no-http", "reset", "500"})
    void anAnswerThatIsNoneOfS3sTellsNothing(String kind) {
        try (LocalAws.Fault _ =
                LocalAws.fault(kind, "s3", "PreflightRequest", Map.of("bucket", customer.name("bucket")), 1)) {
            assertThat(asked()).isEmpty();
        }
        assertThat(asked()).contains(false);
    }

    /** The beginning tells enough. */
    @ParameterizedTest
    @ValueSource(strings = {"huge", "endless"})
    void anAnswerWithoutEndIsNotReadToItsEnd(String kind) {
        try (LocalAws.Fault _ =
                LocalAws.fault(kind, "s3", "PreflightRequest", Map.of("bucket", customer.name("bucket")), 1)) {
            assertThat(asked()).contains(false);
        }
        assertThat(LocalAws.mostTaken()).isLessThan(READ_AT_MOST);
    }

    @Test
    void theBucketIsAskedOnceADayWithoutCredentialsAndForNoDraft() {
        long before = System.currentTimeMillis();
        assertThat(admin.post("/v1/validations", body()).status()).isEqualTo(200);
        String id = created();
        assertThat(preflights(before)).isEmpty();

        validatedUntil(id, List.of("PLAYBACK_CORS_MISSING"));
        long after = System.currentTimeMillis();
        validated(id);

        assertThat(preflights(after)).isEmpty();
        assertThat(preflights(before)).isNotEmpty().allMatch(LocalAws.Call::isUnsigned);
    }

    private JsonNode validatedUntil(String id, List<String> codes) {
        return clock.dayByDay(() -> validated(id), report -> codes(report).equals(codes));
    }

    private Optional<Boolean> asked() {
        Target target = new Target(
                new AwsRegion("us-east-1"),
                new BucketName(customer.name("bucket")),
                new KeyPrefix("plant-7/"),
                Optional.empty(),
                Optional.empty());
        return new Preflight(PAGE, Duration.ofSeconds(30)).isAllowed(clients.s3(target.region()), target);
    }

    private List<LocalAws.Call> preflights(long since) {
        return LocalAws.calls(since, Map.of("bucket", customer.name("bucket"), "operation", "PreflightRequest"));
    }

    private void rule(List<String> origins, List<String> methods, List<String> headers) {
        CORSRule rule = CORSRule.builder()
                .allowedOrigins(origins)
                .allowedMethods(methods)
                .allowedHeaders(headers)
                .build();
        s3.putBucketCors(
                request -> request.bucket(customer.name("bucket")).corsConfiguration(all -> all.corsRules(rule)));
    }

    private static Customer versioned() {
        Customer customer = Customer.healthy();
        Account.CUSTOMER
                .s3("us-east-1")
                .putBucketVersioning(request -> request.bucket(customer.name("bucket"))
                        .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        return customer;
    }

    private String created() {
        Gateway.Answer answer = admin.post(ALL, body());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode validated(String id) {
        Gateway.Answer answer = admin.post(ALL + "/" + id + "/validations", null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private String body() {
        return customer.fill("""
                {"type": "S3", "name": "Plant ${run}",
                 "target": {"region": "us-east-1", "bucket": "${bucket}", "prefix": "plant-7/"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""");
    }

    private static List<String> codes(JsonNode report) {
        return report.path("advice")
                .valueStream()
                .map(advice -> advice.path("code").asText())
                .toList();
    }

    private static List<String> texts(JsonNode rule, String member) {
        Stream<JsonNode> all = rule.path(member).valueStream();
        return all.map(JsonNode::asText).toList();
    }
}
