package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Lists;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What recorders tell makes an integration due, so that the customer sees the cause. */
@QuarkusTest
class FailingUseTest {

    @Inject
    GrantStore grants;

    @Inject
    IntegrationStore integrations;

    @Inject
    TestClock clock;

    private Monitored integration;

    private Recorder recorder() {
        return new Recorder(integration, grants);
    }

    /** Away from the end of a window, and where the integration is not due by itself. */
    @BeforeEach
    void atTheStartOfAWindow() {
        integration = Monitored.active(Customer.healthy());
        Monitored.forgetOthers();
        toNextWindow();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void failingUseIsValidatedAtOnceAndInFull() throws IOException {
        fails(4);
        assertThat(events("Integration Use Failing")).isEmpty();
        assertThat(sweep().path("validated").asInt()).isZero();
        integration.customer().withPermissions(Customer.PERMISSIONS.replace("s3:PutObject", "s3:GetBucketTagging"));
        fails(1);
        long since = System.currentTimeMillis();

        assertThat(sweep().path("validated").asInt()).isEqualTo(1);

        assertThat(integration.wasTriedWithoutExternalId(since)).as("in full").isTrue();
        assertThat(integration.status()).isEqualTo("DEGRADED");
        assertThat(integration.events().getLast().at("/failingChecks/0/id").asText())
                .isEqualTo("put");
        JsonNode event = events("Integration Use Failing").getFirst();
        assertThat(event.path("failures").asInt()).isEqualTo(5);
        assertThat(event.path("outcomes").asInt()).isEqualTo(5);
        assertThat(event.path("name").asText()).isEqualTo("Plant 7");
        assertThat(members(event)).isEqualTo(members("integration-use-failing"));
        fails(5);
        assertThat(events("Integration Use Failing")).hasSize(1);
        assertThat(sweep().path("due").asInt()).as("only once").isZero();
    }

    @Test
    void anIntegrationThatPassesIsDueInAnHourAgain() {
        fails(5);
        sweep();

        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(integration.isDueInAnHour(clock.instant())).isTrue();
        clock.advance(Duration.ofMinutes(67));
        long since = System.currentTimeMillis();
        assertThat(sweep().path("validated").asInt()).isEqualTo(1);
        assertThat(integration.wasTriedWithoutExternalId(since)).as("lightly").isFalse();
    }

    @Test
    void withAStoredKeyItIsInFullToo() {
        Monitored withKeys =
                Monitored.activeWithKeys(new Customer().withBucket().withUser(Customer.PERMISSIONS));
        Recorder recorder = new Recorder(withKeys, grants);
        for (int i = 0; i < 5; i++) {
            recorder.reportsFailed(recorder.granted(clock.instant()), 403, "AccessDenied");
        }

        assertThat(withKeys.sweep().path("validated").asInt()).isEqualTo(1);

        assertThat(withKeys.admin()
                        .get(withKeys.path() + "/validations?limit=1")
                        .json()
                        .at("/items/0/scope")
                        .asText())
                .isEqualTo("FULL");
    }

    @Test
    void recoveryIsToldOnce() throws IOException {
        fails(5);
        toNextWindow();
        stores(4);
        assertThat(events("Integration Use Recovered")).isEmpty();

        stores(3);

        assertThat(events("Integration Use Recovered")).hasSize(1);
        JsonNode event = events("Integration Use Recovered").getFirst();
        assertThat(event.path("failing").asBoolean()).isFalse();
        assertThat(event.path("sequence").asLong())
                .isGreaterThan(events("Integration Use Failing")
                        .getFirst()
                        .path("sequence")
                        .asLong());
        assertThat(members(event)).isEqualTo(members("integration-use-recovered"));
    }

    @Test
    void conflictsSayNothingOfTheIntegration() {
        for (int i = 0; i < 6; i++) {
            RecordGrant grant = recorder().granted(clock.instant());
            recorder().stores(grant, "somebody else's");
            recorder().reportsFailed(grant, 412, "PreconditionFailed");
        }

        assertThat(events("Integration Use Failing")).isEmpty();
    }

    @Test
    void aRepeatedFailureCountsOnce() {
        RecordGrant grant = recorder().granted(clock.instant());
        for (int i = 0; i < 6; i++) {
            recorder().reportsFailed(grant, 403, "AccessDenied");
        }

        assertThat(events("Integration Use Failing")).isEmpty();
    }

    /** The sweep that is validating it keeps its lease, and its result. The next one validates again. */
    @Test
    void aSweepAtWorkIsNotDisturbed() {
        Instant leaseEnd = clock.instant().plus(Duration.ofMinutes(2));
        integration.overwrite("lease", AttributeValue.fromS("of-another-sweep"));
        integration.overwrite("dueAt", AttributeValue.fromN(Long.toString(leaseEnd.toEpochMilli())));

        fails(5);

        assertThat(integration.item()).containsEntry("lease", AttributeValue.fromS("of-another-sweep"));
        assertThat(integration.dueAt()).isEqualTo(leaseEnd.toEpochMilli());
        assertThat(sweep().path("validated").asInt()).isZero();
        integration.releasedUntil(clock.instant().plus(Duration.ofHours(1)));
        clock.advance(Duration.ofMinutes(3));
        sweep();
        assertThat(use()).doesNotContainKeys("dueAt", "duePartition");
        assertThat(sweep().path("validated").asInt()).isEqualTo(1);
    }

    /** A validation on demand or an edit would write the health as it was, and with it when the next check is due. */
    @Test
    void whoReadTheHealthBeforeDoesNotUndoTheCall() {
        Integration before = integrations.get(new Tenant(integration.tenant()), new IntegrationId(integration.id()));
        fails(5);
        long due = integration.dueAt();
        assertThat(due).isLessThanOrEqualTo(clock.millis());

        var _ = integrations.replace(IntegrationStore.Replacement.ofState(
                before,
                before.with(
                        before.health().scheduled(Optional.of(clock.instant().plus(Duration.ofHours(1)))))));

        assertThat(integration.dueAt()).isEqualTo(due);
    }

    @Test
    void whatCouldNotBeCalledAtOnceIsCalledByTheSweep() {
        fails(4);
        try (var _ = Outage.of("500", "DynamoDb", Set.of("UpdateItem"), "INT#" + integration.id())) {
            fails(1);
        }
        assertThat(use()).containsKey("dueAt");

        sweep();

        assertThat(use()).doesNotContainKeys("dueAt", "duePartition");
        assertThat(sweep().path("validated").asInt()).isEqualTo(1);
    }

    @Test
    void anInactiveIntegrationIsNotCalled() {
        integration.admin().post(integration.path() + "/deactivate", null);

        fails(5);

        assertThat(integration.item()).doesNotContainKey("dueAt");
        assertThat(use()).doesNotContainKey("dueAt");
        assertThat(events("Integration Use Failing")).hasSize(1);
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            RecordGrant grant = recorder().granted(clock.instant());
            assertThat(recorder().reportsFailed(grant, 403, "AccessDenied").status())
                    .isEqualTo(200);
        }
    }

    private void stores(int times) {
        for (int i = 0; i < times; i++) {
            RecordGrant grant = recorder().granted(clock.instant());
            recorder().stores(grant);
            assertThat(recorder().reportsStored(grant).status()).isEqualTo(200);
        }
    }

    private void toNextWindow() {
        long window = Duration.ofMinutes(10).toMillis();
        clock.advance(Duration.ofMillis(window - clock.instant().toEpochMilli() % window));
    }

    private JsonNode sweep() {
        return integration.sweep();
    }

    private Map<String, AttributeValue> use() {
        return new StoredData(integration.tenant()).items("USE#").getFirst();
    }

    private List<JsonNode> events(String detailType) {
        return LocalAws.events(integration.id(), detailType);
    }

    private static List<String> members(JsonNode event) {
        return Lists.newArrayList(event.fieldNames());
    }

    private static List<String> members(String example) throws IOException {
        return members(new ObjectMapper()
                .readTree(Path.of("docs/events/" + example + ".example.json").toFile())
                .path("detail"));
    }
}
