package dev.sea.integrations.grant;

import static dev.sea.integrations.testing.Gateway.errors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Recordings stay where they were when an integration gets another target, and are played from there. */
@QuarkusTest
class TargetRevisionsTest {
    private static final byte[] CONTENT = "a recording".getBytes(StandardCharsets.UTF_8);
    private static final String FORMER = "formerTargets";

    private Customer customer;
    private Customer other;
    private Monitored integration;
    private Recorder recorder;

    @BeforeEach
    void anIntegration() {
        customer = Customer.healthy();
        other = new Customer().withBucket();
        integration = Monitored.active(customer);
        recorder = new Recorder(integration);
    }

    @Test
    void anEarlierRecordingIsPlayedByItsRevisionWithTheAccessOfToday() {
        assertThat(recorder.toStore("2026/a.mp4", CONTENT).send(CONTENT).statusCode())
                .isEqualTo(200);
        customer.withPermissions(ofBothBuckets());
        changed("{\"target\": {\"bucket\": \"" + other.name("bucket") + "\"}}");

        JsonNode grant = recorder.granted(ofRevision(1, "2026/a.mp4"));
        assertThat(grant.path("targetRevision").asInt()).isEqualTo(1);
        assertThat(new Recorder.Granted(grant).send().body()).isEqualTo(CONTENT);
        assertThat(recorder.granted(Recorder.playback("2026/a.mp4"))
                        .path("targetRevision")
                        .asInt())
                .isEqualTo(2);
        assertThat(recorder.toPlay("2026/a.mp4").send().statusCode())
                .as("it is not in the new bucket, which S3 tells nobody who may not list")
                .isEqualTo(403);
        assertThat(recorder.granted(Recorder.recording("2026/b.mp4", CONTENT))
                        .path("targetRevision")
                        .asInt())
                .isEqualTo(2);

        Customer later = new Customer().withRole(Customer.TRUST, ofBothBuckets());
        changed(later.fill("""
                {"access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}"""));
        customer.withoutPermissions();

        assertThat(integration.shown().path("targetRevision").asInt())
                .as("another access is no other target")
                .isEqualTo(2);
        HttpResponse<byte[]> played = new Recorder.Granted(recorder.granted(ofRevision(1, "2026/a.mp4"))).send();
        assertThat(played.statusCode()).isEqualTo(200);
        assertThat(played.body()).isEqualTo(CONTENT);
    }

    @Test
    void credentialsOfAnEarlierRevisionAreForItsBucket() {
        customer.withPermissions(ofBothBuckets());
        changed("{\"target\": {\"bucket\": \"" + other.name("bucket") + "\"}}");

        JsonNode grant = recorder.granted(ofRevision(1, "2026/a.mp4").put("form", "CREDENTIALS"));

        assertThat(grant.path("credentials").path("bucket").asText()).isEqualTo(customer.name("bucket"));
    }

    @Test
    void theTargetsAreListedTheCurrentOneFirst() {
        Instant before = Instant.now().minusSeconds(1);
        changed("{\"target\": {\"prefix\": \"plant-7/\"}}");
        changed("{\"target\": {\"prefix\": \"plant-8/\"}}");
        changed("{\"name\": \"Plant 8\"}");

        JsonNode items = targets();
        assertThat(items.valueStream().map(item -> item.path("revision").asInt()))
                .containsExactly(3, 2, 1);
        assertThat(items.valueStream().map(item -> item.at("/target/prefix").asText()))
                .containsExactly("plant-8/", "plant-7/", "");
        assertThat(items.at("/0/until").isNull()).isTrue();
        assertThat(items.at("/0/target")).isEqualTo(integration.shown().path("target"));
        assertThat(Instant.parse(items.at("/2/until").asText()))
                .isBetween(before, Instant.parse(items.at("/1/until").asText()));
        for (Gateway caller : List.of(Gateway.reader(integration.tenant()), Gateway.workflow(integration.tenant()))) {
            assertThat(caller.get(integration.path() + "/targets").json().path("items"))
                    .isEqualTo(items);
        }
        assertThat(Gateway.admin(Gateway.freshTenant())
                        .get(integration.path() + "/targets")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRecordFromBeforeRevisionsHasTheFirst() {
        assertThat(integration.item()).doesNotContainKey(FORMER);
        recorder.toStore("2026/a.mp4", CONTENT).send(CONTENT);

        assertThat(targets()).hasSize(1);
        assertThat(targets().at("/0/revision").asInt()).isEqualTo(1);
        assertThat(integration.shown().path("targetRevision").asInt()).isEqualTo(1);
        assertThat(new Recorder.Granted(recorder.granted(ofRevision(1, "2026/a.mp4")))
                        .send()
                        .body())
                .isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"0, OUT_OF_RANGE", "2, NO_SUCH_TARGET", "51, NO_SUCH_TARGET", "52, OUT_OF_RANGE"})
    void aRevisionThatTheIntegrationNeverHadIsAMistakeAtItsField(int revision, String code) {
        assertThat(errors(recorder.ask(ofRevision(revision, "2026/a.mp4")))).containsExactly("/targetRevision " + code);
    }

    @Test
    void nothingIsRecordedIntoAnEarlierTarget() {
        changed("{\"target\": {\"prefix\": \"plant-7/\"}}");

        assertThat(errors(recorder.ask(Recorder.recording("2026/a.mp4", CONTENT).put("targetRevision", 1))))
                .containsExactly("/targetRevision NOT_WITH_PURPOSE");
    }

    /** The places of the first 49 are copies, since each change is validated. */
    @Test
    void theFiftyFirstChangeOfTargetIsRefusedAndNothingIsLost() {
        recorder.toStore("2026/a.mp4", CONTENT).send(CONTENT);
        changed("{\"target\": {\"prefix\": \"plant-1/\"}}");
        AttributeValue first =
                Objects.requireNonNull(integration.item().get(FORMER)).l().getFirst();
        integration.overwrite(FORMER, AttributeValue.fromL(Collections.nCopies(Target.MOST_FORMER - 1, first)));
        changed("{\"target\": {\"prefix\": \"plant-50/\"}}");
        JsonNode before = integration.shown();
        assertThat(before.path("targetRevision").asInt()).isEqualTo(51);
        JsonNode listed = targets();
        long since = System.currentTimeMillis();

        Gateway.Answer refused = change("{\"target\": {\"prefix\": \"plant-51/\"}, \"name\": \"Plant 51\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("type").asText()).isEqualTo("urn:sea:problem:limit-reached");
        assertThat(refused.json().path("detail").asText()).contains("50 former targets");
        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole")))
                .as("nothing is tried in vain")
                .isEmpty();
        assertThat(integration.shown()).isEqualTo(before);
        assertThat(targets()).isEqualTo(listed).hasSize(51);
        assertThat(new Recorder.Granted(recorder.granted(ofRevision(1, "2026/a.mp4")))
                        .send()
                        .body())
                .isEqualTo(CONTENT);
        changed("{\"name\": \"Plant 51\"}");
        assertThat(targets()).isEqualTo(listed);
    }

    private String ofBothBuckets() {
        return Customer.PERMISSIONS.replace(
                "[\"arn:aws:s3:::${bucket}\", \"arn:aws:s3:::${bucket}/*\"]",
                customer.fill("[\"arn:aws:s3:::${bucket}\", \"arn:aws:s3:::${bucket}/*\", ")
                        + other.fill("\"arn:aws:s3:::${bucket}\", \"arn:aws:s3:::${bucket}/*\"]"));
    }

    private static ObjectNode ofRevision(int revision, String key) {
        return Recorder.playback(key).put("targetRevision", revision);
    }

    private JsonNode targets() {
        Gateway.Answer answer = integration.admin().get(integration.path() + "/targets");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("items");
    }

    private void changed(String patch) {
        Gateway.Answer answer = change(patch);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private Gateway.Answer change(String patch) {
        Gateway admin = integration.admin();
        String version = admin.get(integration.path()).header("ETag");
        return admin.header("If-Match", version).send("PATCH", integration.path(), patch);
    }
}
