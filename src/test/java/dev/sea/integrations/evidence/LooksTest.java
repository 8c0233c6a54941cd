package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Lists;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Grants of which nobody told an outcome, over the days after their end. */
@QuarkusTest
class LooksTest {
    private static final Duration END = Recorder.LIFETIME.plus(Duration.ofMinutes(1));
    private static final int FOR_GOOD = 1_000;
    private static final AttributeValue NONE = AttributeValue.fromS("");

    @Inject
    GrantStore grants;

    @Inject
    TestClock clock;

    private Monitored integration;

    @BeforeEach
    void nothingElseIsDue() {
        integration = Monitored.active(Customer.healthy());
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void whatNobodyToldIsFound() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        clock.advance(END.minusSeconds(30));
        assertThat(sweep().path("looked").asInt()).isZero();
        clock.advance(Duration.ofSeconds(30));

        assertThat(sweep().path("looked").asInt()).isEqualTo(1);

        JsonNode found = only("STORED");
        assertThat(found.path("id").asText()).isEqualTo(grant.id().value());
        assertThat(found.at("/receipt/sha256").asText())
                .isEqualTo(grant.sha256().value());
        assertThat(totals().path("stored").asInt()).isEqualTo(1);
        assertThatNothingIsDue();
    }

    @Test
    void whatIsNotThereIsMissingAfterThreeLooks() throws IOException {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        clock.advance(END);
        assertThat(heads(this::sweep)).isEqualTo(1);
        assertThat(heads(this::sweep)).isZero();
        clock.advance(Duration.ofHours(1));
        assertThat(heads(this::sweep)).isEqualTo(1);
        clock.advance(Duration.ofHours(22));
        assertThat(heads(this::sweep)).isZero();
        assertThat(only("OPEN").path("id").asText()).isEqualTo(grant.id().value());
        assertThat(events()).isEmpty();
        clock.advance(Duration.ofHours(1));

        assertThat(heads(this::sweep)).isEqualTo(1);

        JsonNode missing = only("MISSING");
        assertThat(missing.path("reason").asText()).isEqualTo("NOT_FOUND");
        assertThat(missing.path("key").asText()).isEqualTo(grant.key().value());
        assertThat(missing.path("size").asLong()).isEqualTo(grant.contentLength());
        assertThat(totals().path("missing").asInt()).isEqualTo(1);
        assertThat(totals().path("open").asInt()).isZero();
        assertThat(events()).hasSize(1);
        JsonNode documented = new ObjectMapper()
                .readTree(Path.of("docs/events/recording-missing.example.json").toFile());
        assertThat(Lists.newArrayList(events().getFirst().fieldNames()))
                .isEqualTo(Lists.newArrayList(documented.path("detail").fieldNames()));
        assertThatNothingIsDue();
        recorder.stores(grant);
        assertThat(recorder.reportsStored(grant).status())
                .as("it stays missing")
                .isEqualTo(409);
        assertThat(events()).hasSize(1);
    }

    @Test
    void anotherObjectUnderTheKeyIsMissingAtOnce() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant, "somebody else's");
        clock.advance(END);

        sweep();

        assertThat(only("MISSING").path("reason").asText()).isEqualTo("MISMATCH");
        assertThat(events()).hasSize(1);
        assertThatNothingIsDue();
    }

    @Test
    void aFailureIsLookedAtOnceAndStands() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.reportsFailed(grant, 500, "InternalError");
        clock.advance(END);

        assertThat(heads(this::sweep)).isEqualTo(1);

        assertThat(only("FAILED").path("id").asText()).isEqualTo(grant.id().value());
        assertThat(totals().path("failed").asInt()).isEqualTo(1);
        assertThatNothingIsDue();
    }

    @Test
    void anOutageIsNoLookAtAFailure() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.reportsFailed(grant, 500, "InternalError");
        recorder.stores(grant);
        clock.advance(END);
        try (LocalAws.Fault _ = LocalAws.fault("503", "s3", "HeadObject", bucket(), FOR_GOOD)) {
            sweep();
        }
        assertThat(only("FAILED").path("id").asText()).isEqualTo(grant.id().value());
        clock.advance(Duration.ofHours(1));

        sweep();

        assertThat(only("STORED").path("id").asText()).isEqualTo(grant.id().value());
        assertThatNothingIsDue();
    }

    @Test
    void aFailureThatWasNoneIsStored() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.reportsFailed(grant, 500, "InternalError");
        recorder.stores(grant);
        clock.advance(END);

        sweep();

        assertThat(only("STORED").path("id").asText()).isEqualTo(grant.id().value());
        assertThat(totals().path("failed").asInt()).isZero();
        assertThat(totals().path("stored").asInt()).isEqualTo(1);
        assertThatNothingIsDue();
    }

    @Test
    void whereSeaMayNotLookNothingIsSaidToBeMissing() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        integration.customer().withoutPermissions();
        forEightDays();

        JsonNode unverified = only("UNVERIFIED");
        assertThat(unverified.path("id").asText()).isEqualTo(grant.id().value());
        assertThat(unverified.path("reason").asText()).isEqualTo("NOBODY_COULD_LOOK");
        assertThat(totals().path("unverified").asInt()).isEqualTo(1);
        assertThat(totals().path("missing").asInt()).isZero();
        assertThat(events()).isEmpty();
        assertThatNoGrantIsDue();
        integration.customer().withPermissions(Customer.PERMISSIONS);
        recorder.stores(grant);
        assertThat(recorder.reportsStored(grant).json().path("state").asText())
                .as("proved after all")
                .isEqualTo("STORED");
        assertThat(totals().path("unverified").asInt()).isZero();
    }

    @Test
    void accessThatIsMendedWithinTheWeekProves() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        integration.customer().withoutPermissions();
        clock.advance(Duration.ofDays(2));
        sweep();
        assertThat(only("OPEN").path("id").asText()).isEqualTo(grant.id().value());
        integration.customer().withPermissions(Customer.PERMISSIONS);
        clock.advance(Duration.ofDays(1));

        sweep();

        assertThat(only("STORED").path("id").asText()).isEqualTo(grant.id().value());
    }

    @Test
    void anOutageIsNoAbsence() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        clock.advance(Duration.ofDays(1).plus(END));
        try (LocalAws.Fault _ = LocalAws.fault("503", "s3", "HeadObject", bucket(), FOR_GOOD)) {
            sweep();
        }
        assertThat(only("OPEN").path("id").asText()).isEqualTo(grant.id().value());
        clock.advance(Duration.ofHours(1));

        sweep();

        assertThat(only("STORED").path("id").asText()).isEqualTo(grant.id().value());
    }

    @Test
    void aDeactivatedIntegrationStillProvesWhatItWasUsedFor() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        integration.admin().post(integration.path() + "/deactivate", null);
        clock.advance(END);

        sweep();

        assertThat(only("STORED").path("id").asText()).isEqualTo(grant.id().value());
    }

    @Test
    void ofADeletedIntegrationNobodyLooksAnyMore() {
        Recorder recorder = recorder();
        recorder.granted(clock.instant());
        integration.admin().post(integration.path() + "/deactivate", null);
        assertThat(integration.admin().send("DELETE", integration.path(), null).status())
                .isEqualTo(204);
        clock.advance(END);
        long since = System.currentTimeMillis();

        JsonNode swept = sweep();

        assertThat(swept.path("failed").asInt()).isZero();
        assertThat(LocalAws.calls(since, bucket())).isEmpty();
        Map<String, AttributeValue> item =
                new StoredData(integration.tenant()).items("GRANT#").getFirst();
        assertThat(item).containsEntry("state", AttributeValue.fromS("UNVERIFIED"));
        assertThat(item).containsEntry("reason", AttributeValue.fromS("INTEGRATION_DELETED"));
        assertThat(item).containsKey("ttl").doesNotContainKey("dueAt");
        assertThat(events()).isEmpty();
        assertThatNothingIsDue();
        assertThat(integration.admin().get(integration.path() + "/evidence").status())
                .isEqualTo(404);
        assertThat(integration.admin().get(integration.path() + "/grants").status())
                .isEqualTo(404);
    }

    @Test
    void whereAnotherTenantHasTheExternalIdNobodyLooks() {
        Recorder recorder = recorder();
        recorder.granted(clock.instant());
        integration.claimedBy("somebody-else");
        clock.advance(Duration.ofDays(2));
        long since = System.currentTimeMillis();

        sweep();

        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole"))).isEmpty();
        assertThat(item()).containsEntry("state", AttributeValue.fromS("OPEN"));
    }

    @Test
    void aBucketThatIsGoneHasNoRecording() {
        Recorder recorder = recorder();
        recorder.granted(clock.instant());
        recorder.s3()
                .listObjectsV2(request -> request.bucket(integration.customer().name("bucket")))
                .contents()
                .forEach(object -> recorder.s3()
                        .deleteObject(
                                request -> request.bucket(integration.customer().name("bucket"))
                                        .key(object.key())));
        recorder.s3()
                .deleteBucket(request -> request.bucket(integration.customer().name("bucket")));
        clock.advance(Duration.ofDays(2));

        sweep();

        assertThat(only("MISSING").path("reason").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void anEditedTargetDoesNotMoveWhatWasGranted() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        Customer other = new Customer().withBucket();
        Account.CUSTOMER
                .iam()
                .putRolePolicy(
                        request -> request.roleName(integration.customer().name("roleName"))
                                .policyName("more")
                                .policyDocument(other.fill(Customer.PERMISSIONS)));
        Gateway.Answer edited = integration
                .admin()
                .header("if-match", "*")
                .send("PATCH", integration.path(), "{\"target\": {\"bucket\": \"" + other.name("bucket") + "\"}}");
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        clock.advance(END);

        sweep();

        assertThat(only("STORED").path("bucket").asText())
                .isEqualTo(integration.customer().name("bucket"));
    }

    @Test
    void whatWasToldWhileASweepLookedStands() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        clock.advance(END);
        // As a sweep that has leased the grant, and died.
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(Map.of("PK", item().get("PK"), "SK", item().get("SK")))
                        .updateExpression("SET lease = :token, dueAt = :until")
                        .expressionAttributeValues(Map.of(
                                ":token", AttributeValue.fromS("of-another-sweep"),
                                ":until",
                                        AttributeValue.fromN(Long.toString(clock.instant()
                                                .plus(Duration.ofMinutes(2))
                                                .toEpochMilli())))));
        recorder.stores(grant);
        assertThat(sweep().path("looked").asInt()).isZero();
        assertThat(recorder.reportsStored(grant).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(3));

        assertThat(sweep().path("looked").asInt()).isZero();
        assertThat(totals().path("stored").asInt()).isEqualTo(1);
        assertThat(item()).doesNotContainKeys("lease", "dueAt", "duePartition");
    }

    @Test
    void whatCannotBeReadIsSetAsideForADay() {
        recorder().granted(clock.instant());
        Map<String, AttributeValue> key =
                Map.of("PK", item().getOrDefault("PK", NONE), "SK", item().getOrDefault("SK", NONE));
        Account.SERVICE
                .dynamoDb()
                .updateItem(
                        request -> request.tableName(StoredData.TABLE).key(key).updateExpression("REMOVE sha256"));
        clock.advance(END);

        assertThat(sweep().path("failed").asInt()).isZero();
        assertThat(item()).doesNotContainKey("lease");
        clock.advance(Duration.ofHours(23));
        assertThat(sweep().path("due").asInt()).isLessThanOrEqualTo(1);
        assertThat(integration
                        .admin()
                        .get(integration.path() + "/grants")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private void forEightDays() {
        clock.advance(END);
        sweep();
        for (int hour = 0; hour < 8 * 24; hour += 12) {
            clock.advance(Duration.ofHours(12));
            sweep();
        }
    }

    private Map<String, String> bucket() {
        return Map.of("bucket", integration.customer().name("bucket"));
    }

    private long heads(Runnable work) {
        long since = System.currentTimeMillis();
        work.run();
        return LocalAws.calls(
                        since,
                        Map.of(
                                "operation",
                                "HeadObject",
                                "bucket",
                                integration.customer().name("bucket")))
                .size();
    }

    private JsonNode sweep() {
        return integration.sweep();
    }

    private Recorder recorder() {
        return new Recorder(integration, grants);
    }

    private Map<String, AttributeValue> item() {
        return new StoredData(integration.tenant()).items("GRANT#").getFirst();
    }

    private JsonNode only(String state) {
        JsonNode items = integration
                .admin()
                .get(integration.path() + "/grants?state=" + state)
                .json()
                .path("items");
        assertThat(items).hasSize(1);
        assertThat(integration
                        .admin()
                        .get(integration.path() + "/grants")
                        .json()
                        .path("items"))
                .isEqualTo(items);
        return items.path(0);
    }

    private JsonNode totals() {
        return integration.admin().get(integration.path() + "/evidence").json().path("totals");
    }

    private List<JsonNode> events() {
        return LocalAws.events(integration.id(), "Recording Missing");
    }

    private void assertThatNothingIsDue() {
        assertThat(item()).containsKey("ttl");
        assertThatNoGrantIsDue();
    }

    private void assertThatNoGrantIsDue() {
        assertThat(item()).doesNotContainKeys("dueAt", "duePartition", "lease");
        clock.advance(Duration.ofDays(10));
        assertThat(sweep().path("looked").asInt()).isZero();
    }
}
