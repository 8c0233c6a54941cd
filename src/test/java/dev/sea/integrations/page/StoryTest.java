package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import dev.sea.integrations.Sha256;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The product's own story (docs/story.md): recordings go on while a bucket is broken, and none is lost. */
@QuarkusTest
class StoryTest {
    private static final String PATH = "/v1/destinations/recordings";
    private static final String NO_MORE_WRITES = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",
             "Resource": "arn:aws:s3:::${bucket}/*"}]}""";
    private static final int LARGEST = 200_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    TestClock clock;

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final Gateway workflow = Gateway.workflow(tenant);

    @AutoClose
    private FrontDoor door;

    private Customer seven;
    private Customer eight;
    private final Random random = new Random(7);
    private final List<Recording> recordings = new ArrayList<>();

    /** What a recorder remembers of a recording. */
    private record Recording(String integration, int targetRevision, String key, String sha256) {}

    @BeforeEach
    void customers() {
        door = FrontDoor.as(admin);
        seven = Customer.healthy();
        eight = Customer.healthy();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void recordingsGoOnWhileABucketIsBrokenAndNoneIsLost() throws IOException, InterruptedException {
        Monitored.forgetOthers();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        add(integrations, "Plant 7", seven);
        add(integrations, "Plant 8", eight);
        integrations.press("Choose destination");
        integrations.field("Primary").selectOption("Plant 7");
        integrations.page().getByLabel("Secondary").selectOption("Plant 8");
        integrations.press("Save");
        assertThat(line(integrations)).containsText("Recordings have gone to Plant 7 since");
        String primary = admin.get(PATH).json().path("primary").asText();
        String secondary = admin.get(PATH).json().path("secondary").asText();

        record(10, primary);

        seven.withBucketPolicy(NO_MORE_WRITES);
        for (int failures = 1; failures <= 3; failures++) {
            assertThat(readiness()).as("after %d failures", failures - 1).isEqualTo("PRIMARY " + primary);
            sweep(primary);
        }
        assertThat(readiness()).isEqualTo("SECONDARY " + secondary);
        integrations.press("Refresh");
        assertThat(line(integrations)).containsText("Recordings have gone to Plant 8, the secondary, since");
        assertThat(line(integrations)).containsText("The primary, Plant 7, is not ready: its last validations failed.");
        assertThat(integrations.row("Plant 7")).containsText("Unhealthy");
        integrations.press("Plant 7");
        assertThat(integrations.page().locator(".past li").first()).containsText("Write an object");
        integrations.page().keyboard().press("Escape");

        record(5, secondary);

        Account.CUSTOMER.s3(seven.region()).deleteBucketPolicy(request -> request.bucket(seven.name("bucket")));
        sweep(primary);
        assertThat(readiness()).as("not back and forth").isEqualTo("SECONDARY " + secondary);
        playAll();

        clock.advance(Duration.ofMinutes(10));
        assertThat(readiness()).isEqualTo("PRIMARY " + primary);
        integrations.press("Refresh");
        assertThat(line(integrations)).containsText("Recordings have gone to Plant 7 since");
        assertThat(line(integrations)).containsText("Plant 8 stands by.");
        assertThat(evidence(primary)).isEqualTo("10 of 10");
        assertThat(evidence(secondary)).isEqualTo("5 of 5");
        integrations.press("Plant 7");
        assertThat(integrations.text("10 recordings in 30 days: 10 stored")).isVisible();
        assertThat(LocalAws.events(Map.of("tenant", tenant, "destination", "recordings")))
                .extracting(event -> event.path("cause").asText())
                .containsExactly("SET", "FAILOVER", "RETURN");
    }

    private static void add(IntegrationsPage integrations, String name, Customer customer) {
        integrations.startAdding(name, customer).withRole(customer).press("Add");
        assertThat(integrations.text(name + " has been added.")).isVisible();
        integrations.press("Activate");
        assertThat(integrations.text(name + " is active.")).isVisible();
        integrations.page().keyboard().press("Escape");
        assertThat(integrations.row(name)).containsText("Active");
    }

    private static Locator line(IntegrationsPage integrations) {
        return integrations.page().locator("section[aria-label='Destination of recordings']");
    }

    /** Recordings of several sizes, which have to get to this integration. */
    private void record(int number, String integration) throws IOException, InterruptedException {
        for (int i = 0; i < number; i++) {
            byte[] content = new byte[1 + random.nextInt(LARGEST)];
            random.nextBytes(content);
            String sha256 = Base64.getEncoder().encodeToString(Sha256.bytes(content));
            String key = "2026/11/28/session-%d.mp4".formatted(recordings.size() + 1);
            ObjectNode wanted = JSON.createObjectNode()
                    .put("purpose", "RECORD")
                    .put("key", key)
                    .put("contentLength", content.length)
                    .put("contentType", "video/mp4")
                    .put("sha256", sha256);
            JsonNode grant = granted(PATH, wanted);
            assertThat(grant.path("integration").asText()).isEqualTo(integration);
            HttpResponse<byte[]> stored = send(grant, BodyPublishers.ofByteArray(content));
            assertThat(stored.statusCode()).isEqualTo(200);
            Gateway.Answer receipt = workflow.post(
                    "/v1/integrations/%s/grants/%s/outcome"
                            .formatted(integration, grant.path("id").asText()),
                    "{\"result\": \"STORED\"}");
            assertThat(receipt.status()).as(receipt.text()).isEqualTo(200);
            recordings.add(
                    new Recording(integration, grant.path("targetRevision").asInt(), key, sha256));
        }
    }

    private void playAll() throws IOException, InterruptedException {
        assertThat(recordings).hasSize(15);
        for (Recording recording : recordings) {
            ObjectNode wanted = JSON.createObjectNode()
                    .put("purpose", "PLAY")
                    .put("key", recording.key())
                    .put("targetRevision", recording.targetRevision());
            HttpResponse<byte[]> played =
                    send(granted("/v1/integrations/" + recording.integration(), wanted), BodyPublishers.noBody());
            assertThat(played.statusCode()).as(recording.key()).isEqualTo(200);
            assertThat(Base64.getEncoder().encodeToString(Sha256.bytes(played.body())))
                    .as(recording.key())
                    .isEqualTo(recording.sha256());
        }
    }

    private JsonNode granted(String of, ObjectNode wanted) {
        Gateway.Answer answer = workflow.post(of + "/grants", wanted.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    /** As any HTTP client sends what a grant allows. */
    private static HttpResponse<byte[]> send(JsonNode grant, HttpRequest.BodyPublisher content)
            throws IOException, InterruptedException {
        JsonNode allowed = grant.path("request");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(allowed.path("url").asText()))
                .method(allowed.path("method").asText(), content);
        allowed.path("headers").forEachEntry((name, value) -> {
            // The client itself sends the length of what it has.
            if (!name.equals("content-length")) {
                request.header(name, value.asText());
            }
        });
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private String readiness() {
        JsonNode readiness = workflow.get(PATH + "/readiness").json();
        return readiness.path("role").asText() + " "
                + readiness.path("integration").asText();
    }

    /** Brings the integration's next check forward instead of the clock, since STS's sessions end by the real time. */
    private void sweep(String integration) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(StoredData.key(tenant, integration))
                        .updateExpression("SET dueAt = :now")
                        .expressionAttributeValues(Map.of(
                                ":now",
                                AttributeValue.fromN(
                                        Long.toString(clock.instant().toEpochMilli())))));
        assertThat(Scheduler.tick().path("validated").asInt()).isPositive();
    }

    private String evidence(String integration) {
        JsonNode totals = admin.get("/v1/integrations/" + integration + "/evidence")
                .json()
                .path("totals");
        return totals.path("stored").asText() + " of " + totals.path("granted").asText();
    }
}
