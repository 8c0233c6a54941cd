package dev.sea.integrations.grant;

import static dev.sea.integrations.testing.Gateway.errors;
import static dev.sea.integrations.testing.LocalAws.callsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Held;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.LogLines;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which grants an integration gives, and what they cost. */
@QuarkusTest
class GrantingTest {
    private static final byte[] CONTENT = "a recording".getBytes(StandardCharsets.UTF_8);
    private static final int FOR_GOOD = 1000;

    @Inject
    TestClock clock;

    @Inject
    GrantStore store;

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aGrantToRecordIsKeptUntilItsOutcomeIsKnown() {
        Monitored integration = Monitored.active(Customer.healthy());
        Instant asked = clock.instant();
        Gateway.Answer answer = new Recorder(integration).ask(Recorder.recording("2026/a.mp4", CONTENT));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode grant = answer.json();
        assertThat(grant.path("integration").asText()).isEqualTo(integration.id());
        assertThat(grant.path("purpose").asText()).isEqualTo("RECORD");
        assertThat(grant.path("targetRevision").asInt()).isEqualTo(1);
        assertThat(grant.has("credentials")).isFalse();
        Instant expiresAt = Instant.parse(grant.path("expiresAt").asText());
        assertThat(expiresAt).isBetween(asked.plusSeconds(299), clock.instant().plusSeconds(300));
        RecordGrant kept = store.find(
                        new Tenant(integration.tenant()),
                        new IntegrationId(integration.id()),
                        new GrantId(grant.path("id").asText()))
                .orElseThrow();
        assertThat(kept.key().value()).isEqualTo("2026/a.mp4");
        assertThat(kept.contentLength()).isEqualTo(CONTENT.length);
        assertThat(kept.expiresAt()).isEqualTo(expiresAt);
        assertThat(kept.integrationVersion()).isEqualTo(2);
        assertThat(kept.subject()).isEqualTo("recorder-7");
        assertThat(kept.location().bucket().value())
                .isEqualTo(integration.customer().name("bucket"));
        assertThat(kept.location().expectedOwner().map(Object::toString)).contains(Account.CUSTOMER.id());
    }

    @Test
    void aGrantToPlayIsNotKept() {
        Monitored integration = Monitored.active(Customer.healthy());
        new Recorder(integration).granted(Recorder.playback("a"));

        assertThat(new StoredData(integration.tenant()).items("GRANT#")).isEmpty();
    }

    @Test
    void aGrantCostsFewCalls() {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);

        assertThat(callsOf(() -> recorder.granted(Recorder.recording("a", CONTENT))))
                .containsExactly("GetItem", "GetItem", "AssumeRole", "PutItem");
        assertThat(callsOf(() -> recorder.granted(Recorder.recording("b", CONTENT))))
                .containsExactly("GetItem", "PutItem");
        assertThat(callsOf(() -> recorder.granted(Recorder.playback("a"))))
                .containsExactly("GetItem", "GetItem", "AssumeRole");
        assertThat(callsOf(() -> recorder.granted(Recorder.playback("b")))).containsExactly("GetItem");
    }

    /** The claim on the external ID is read while the record is, if it is known from before which one that will be. */
    @Test
    void aSessionIsRenewedAtHalfItsLifeWithoutWaitingForTheClaim() {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        recorder.granted(Recorder.playback("a"));
        clock.advance(Duration.ofMinutes(31));

        long since = System.currentTimeMillis();
        // The record's names the integration, and the claim's does not.
        LocalAws.Fault held = LocalAws.delayOnBody(Held.SECONDS_AT_MOST, "dynamodb", "GetItem", integration.id(), 1);
        try (var _ = Held.until(held, () -> !LocalAws.calls(since, Map.of()).isEmpty())) {
            recorder.granted(Recorder.playback("a"));
        }
        List<LocalAws.Call> calls = LocalAws.calls(since, Map.of());
        assertThat(calls).extracting(LocalAws.Call::operation).containsExactly("GetItem", "GetItem", "AssumeRole");
        assertThat(calls.get(1).start())
                .as("both are read at once")
                .isLessThan(calls.get(0).end());
        assertThat(calls.get(2).start())
                .as("STS is asked after both")
                .isGreaterThanOrEqualTo(
                        Math.max(calls.get(0).end(), calls.get(1).end()));
    }

    @Test
    void aChangedExternalIdIsLookedUpAgain() {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        recorder.granted(Recorder.playback("a"));
        Customer other = Customer.healthy();
        integration.overwrite("externalId", AttributeValue.fromS(other.name("externalId")));
        integration.overwrite("roleArn", AttributeValue.fromS(other.name("roleArn")));
        integration.overwrite("version", AttributeValue.fromN("3"));
        Monitored.active(other);
        clock.advance(Duration.ofMinutes(31));

        long since = System.currentTimeMillis();
        Gateway.Answer answer = recorder.ask(Recorder.playback("a"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("external-id-refused");
        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"URL", "CREDENTIALS"})
    void anExternalIdThatAnotherTenantHoldsIsNotUsed(String form) {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.claimedBy("another");
        long since = System.currentTimeMillis();

        Gateway.Answer answer =
                new Recorder(integration).ask(Recorder.recording("a", CONTENT).put("form", form));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("external-id-refused");
        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole"))).isEmpty();
        assertThat(new StoredData(integration.tenant()).items("GRANT#")).isEmpty();
    }

    @Test
    void afterDeactivationEditAndDeletionNoGrantIsAsBefore() {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        recorder.granted(Recorder.recording("a", CONTENT));
        long since = System.currentTimeMillis();

        done(
                200,
                integration
                        .admin()
                        .header("If-Match", "\"2\"")
                        .send("PATCH", integration.path(), "{\"target\": {\"prefix\": \"plant-7\"}}"));
        assertThat(recorder.toStore("a", CONTENT).url()).contains("/plant-7/a?");
        assertThat(LocalAws.calls(
                                since, Map.of("roleArn", integration.customer().name("roleArn")))
                        .stream()
                        .filter(call -> call.facts().path("policy").toString().contains("kms:ViaService"))
                        .count())
                .as("of another version, another session")
                .isLessThanOrEqualTo(1);
        done(200, integration.admin().post(integration.path() + "/deactivate", null));
        for (ObjectNode body : List.of(Recorder.recording("b", CONTENT), Recorder.playback("b"))) {
            Gateway.Answer refused = recorder.ask(body);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(type(refused)).isEqualTo("not-active");
        }
        done(204, integration.admin().send("DELETE", integration.path(), null));
        assertThat(recorder.ask(Recorder.playback("b")).status()).isEqualTo(404);
    }

    @Test
    void aSessionOfAnotherVersionIsNotUsed() {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        recorder.granted(Recorder.playback("a"));
        done(
                200,
                integration
                        .admin()
                        .header("If-Match", "\"2\"")
                        .send("PATCH", integration.path(), "{\"name\": \"Plant 8\"}"));

        assertThat(callsOf(() -> recorder.granted(Recorder.playback("a")))).contains("AssumeRole");
        assertThat(callsOf(() -> recorder.granted(Recorder.playback("a")))).containsExactly("GetItem");
    }

    @Test
    void aGrantThatRacesWithADeactivationIsGivenOrRefusedAndNoneIsGivenAfterwards()
            throws InterruptedException, ExecutionException {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        List<Future<Gateway.Answer>> racing = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 18; i++) {
                ObjectNode body = Recorder.recording("race/" + i, CONTENT);
                racing.add(threads.submit(() -> recorder.ask(body)));
            }
            done(200, integration.admin().post(integration.path() + "/deactivate", null));
            assertThat(type(recorder.ask(Recorder.playback("a")))).isEqualTo("not-active");
        }
        int given = 0;
        for (Future<Gateway.Answer> race : racing) {
            Gateway.Answer answer = race.get();
            if (answer.status() == 201) {
                given++;
            } else {
                assertThat(type(answer)).as(answer.text()).isEqualTo("not-active");
            }
        }
        assertThat(new StoredData(integration.tenant()).items("GRANT#")).hasSize(given);
    }

    @Test
    void manyAtOnceAssumeTheRoleOnce() throws InterruptedException, ExecutionException {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        long since = System.currentTimeMillis();
        try (var _ = LocalAws.delay(
                0.5,
                "sts",
                "AssumeRole",
                Map.of("roleArn", integration.customer().name("roleArn")),
                FOR_GOOD)) {
            assertThat(together(8, () -> recorder.ask(Recorder.playback("a")).status()))
                    .containsOnly(201);
        }
        assertThat(assumed(integration, since)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"throttle", "500", "reset", "hang", "no-http", "truncate", "html", "empty"})
    void ifStsFailsThereIsNoGrantForTheMomentAndTheNextOneIsAskedAnew(String kind) {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        try (var _ = LocalAws.fault(
                kind,
                "sts",
                "AssumeRole",
                Map.of("roleArn", integration.customer().name("roleArn")),
                FOR_GOOD)) {
            assertThatItIsUnavailable(recorder.ask(Recorder.recording("a", CONTENT)));
        }
        assertThat(new StoredData(integration.tenant()).items("GRANT#")).isEmpty();
        assertThat(recorder.ask(Recorder.recording("a", CONTENT)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "500"})
    void ifTheTableFailsThereIsNoGrantForTheMoment(String kind) {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        for (String operation : List.of("GetItem", "PutItem")) {
            try (var _ = Outage.of(kind, "DynamoDb", Set.of(operation), integration.tenant())) {
                assertThatItIsUnavailable(recorder.ask(Recorder.recording("a", CONTENT)));
            }
        }
    }

    @Test
    void aRoleThatDeniesSeaNamesTheCheckThatFails() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withTrust(Customer.TRUST.replace("${externalId}", "another-one"));

        Gateway.Answer answer = new Recorder(integration).ask(Recorder.playback("a"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("purpose-unavailable");
        assertThat(answer.json().path("checks").toString()).isEqualTo("[\"credentials\"]");
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("arn:");
    }

    @ParameterizedTest(name = "{0} with {1}: record {2}, play {3}")
    @CsvSource({
        "HEALTHY,     '',               201, 201",
        "DEGRADED,    put,              201, 201",
        "PROPAGATING, put get,          201, 201",
        "UNHEALTHY,   '',               201, 201",
        "UNHEALTHY,   tagging list,     201, 201",
        "UNHEALTHY,   put,              409, 201",
        "UNHEALTHY,   get kms,          201, 409",
        "UNHEALTHY,   credentials,      409, 409",
        "UNHEALTHY,   bucket,           409, 409",
        "DEGRADED,    bucket,           201, 201",
        "STALE,       '',               201, 201",
        "STALE,       put,              409, 201",
        "UNKNOWN,     '',               201, 201",
    })
    void aPurposeIsServedUnlessTheLastProofContradicts(String status, String failed, int toRecord, int toPlay) {
        Monitored integration = Monitored.active(Customer.healthy());
        setHealth(integration, status, failed);
        Recorder recorder = new Recorder(integration);

        Gateway.Answer recording = recorder.ask(Recorder.recording("a", CONTENT));
        assertThat(recording.status()).as(recording.text()).isEqualTo(toRecord);
        assertThat(recorder.ask(Recorder.playback("a")).status()).isEqualTo(toPlay);
        if (toRecord == 409) {
            assertThat(type(recording)).isEqualTo("purpose-unavailable");
            assertThat(recording.json().path("checks").toString()).isEqualTo("[\"" + failed + "\"]");
        }
    }

    private static void setHealth(Monitored integration, String status, String failed) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(StoredData.key(integration.tenant(), integration.id()))
                        .updateExpression("SET health.#status = :status"
                                + (failed.isEmpty() ? "" : ", health.failedChecks = :failed"))
                        .expressionAttributeNames(Map.of("#status", "status"))
                        .expressionAttributeValues(
                                failed.isEmpty()
                                        ? Map.of(":status", AttributeValue.fromS(status))
                                        : Map.of(
                                                ":status", AttributeValue.fromS(status),
                                                ":failed", AttributeValue.fromS(failed))));
    }

    @Test
    void whatThreeValidationsFoundIsKnownToGrants() {
        Monitored.forgetOthers();
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);
        integration
                .customer()
                .withPermissions(Customer.PERMISSIONS.replace("\"s3:PutObject\"", "\"s3:GetBucketLocation\""));
        for (int i = 0; i < 3; i++) {
            assertThat(recorder.ask(Recorder.recording("a" + i, CONTENT)).status())
                    .isEqualTo(201);
            clock.advance(Duration.ofMinutes(70L * (i + 1)));
            integration.sweep();
            // STS goes by another clock: a session would have ended by the service's.
            clock.reset();
        }

        assertThat(integration.status()).isEqualTo("UNHEALTHY");
        Gateway.Answer refused = recorder.ask(Recorder.recording("b", CONTENT));
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("checks").toString()).isEqualTo("[\"put\"]");
        assertThat(recorder.ask(Recorder.playback("b")).status()).isEqualTo(201);
    }

    @Test
    void aStoredKeySignsAndIsReadOnceInAWhile() {
        Monitored integration = Monitored.activeWithKeys(Customer.healthy().withUser(Customer.PERMISSIONS));
        Recorder recorder = new Recorder(integration);

        assertThat(callsOf(() -> assertThat(
                                recorder.toStore("a", CONTENT).send(CONTENT).statusCode())
                        .isEqualTo(200)))
                .containsExactly("GetItem", "GetSecretValue", "PutItem", "PutObject");
        assertThat(callsOf(() -> recorder.granted(Recorder.recording("b", CONTENT))))
                .containsExactly("GetItem", "PutItem");
        assertThat(recorder.toPlay("a").send().body()).isEqualTo(CONTENT);
        assertThat(recorder.toPlay("a").url()).doesNotContain("X-Amz-Security-Token");
        clock.advance(SessionOpener.KEY_KEPT);
        assertThat(callsOf(() -> recorder.granted(Recorder.recording("b", CONTENT))))
                .containsExactly("GetItem", "GetSecretValue", "PutItem");
    }

    @Test
    void aStoredKeyIsNeverGivenAway() {
        Monitored integration = Monitored.activeWithKeys(Customer.healthy().withUser(Customer.PERMISSIONS));

        Gateway.Answer answer =
                new Recorder(integration).ask(Recorder.recording("a", CONTENT).put("form", "CREDENTIALS"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("grant-form-unavailable");
    }

    @Test
    void anotherStoredKeyIsUsedAtOnce() {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        Monitored integration = Monitored.activeWithKeys(customer);
        Recorder recorder = new Recorder(integration);
        String before = customer.name("accessKeyId");
        assertThat(recorder.toPlay("a").url()).contains(before);
        customer.withAnotherAccessKey();
        done(
                200,
                integration.admin().header("If-Match", "\"2\"").send("PATCH", integration.path(), customer.fill("""
                {"access": {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}",
                            "secretAccessKey": "${secretAccessKey}"}}""")));

        assertThat(recorder.toPlay("a").url())
                .contains(customer.name("accessKeyId"))
                .doesNotContain(before);
    }

    @Test
    void aStoredKeyThatIsGoneOrCannotBeReadIsToldApart() {
        Monitored integration = Monitored.activeWithKeys(Customer.healthy().withUser(Customer.PERMISSIONS));
        Recorder recorder = new Recorder(integration);
        String secret = new StoredData(integration.tenant()).secrets().getFirst();
        try (var _ = LocalAws.faultOnBody("500", "secretsmanager", "GetSecretValue", secret, FOR_GOOD)) {
            assertThatItIsUnavailable(recorder.ask(Recorder.playback("a")));
        }
        try (var _ = LocalAws.errorOnBody(
                400, "AccessDeniedException", "secretsmanager", "GetSecretValue", secret, FOR_GOOD)) {
            assertThatItIsUnavailable(recorder.ask(Recorder.playback("a")));
        }
        Account.SERVICE
                .secretsManager()
                .deleteSecret(request -> request.secretId(secret).forceDeleteWithoutRecovery(true));
        Gateway.Answer gone = recorder.ask(Recorder.playback("a"));
        assertThat(gone.status()).isEqualTo(409);
        assertThat(type(gone)).isEqualTo("purpose-unavailable");
        assertThat(gone.json().path("checks").toString()).isEqualTo("[\"credentials\"]");
    }

    @Test
    void eachGrantIsOneLineOfTheAuditLogThatGivesNothingAway() {
        Monitored integration = Monitored.active(Customer.healthy());
        try (LogLines audit = LogLines.of("audit")) {
            JsonNode grant = new Recorder(integration).granted(Recorder.recording("a b/ü.mp4", CONTENT));
            new Recorder(integration).ask("{\"purpose\": \"PLAY\"}");
            integration.admin().post(integration.path() + "/deactivate", null);
            new Recorder(integration).ask(Recorder.playback("a"));

            List<String> lines = audit.lines().stream()
                    .filter(line -> line.startsWith("grant "))
                    .toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst())
                    .matches("grant " + grant.path("id").asText() + " tenant=" + integration.tenant()
                            + " subject=recorder-7 ip=198.51.100.7 request=request-[0-9a-f-]+ integration="
                            + integration.id() + " purpose=RECORD form=URL key=a\\+b%2F%C3%BC.mp4 expires="
                            + Instant.parse(grant.path("expiresAt").asText()) + " outcome=done");
            assertThat(lines.getLast()).contains(" purpose=PLAY ").endsWith(" outcome=GrantRefused");
        }
    }

    @Test
    void allMistakesOfABodyAreToldAtOnce() {
        Monitored integration = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(integration);

        assertThat(errors(recorder.ask("""
                {"purpose": "RECORD", "key": "/a", "contentLength": 5368709121, "sha256": "x", "contentType": "video",
                 "fileName": "a", "form": "FTP", "expiresInSeconds": 59, "acl": "public"}""")))
                .containsExactly(
                        "/key KEY_LEADING_SLASH",
                        "/contentLength OUT_OF_RANGE",
                        "/sha256 SHA256",
                        "/contentType CONTENT_TYPE",
                        "/fileName NOT_WITH_PURPOSE",
                        "/form FORM",
                        "/expiresInSeconds OUT_OF_RANGE",
                        "/acl UNKNOWN_MEMBER");
        assertThat(errors(recorder.ask("{\"purpose\": \"RECORD\", \"key\": \"a\"}")))
                .containsExactlyInAnyOrder("/contentLength REQUIRED", "/sha256 REQUIRED", "/contentType REQUIRED");
        assertThat(errors(recorder.ask("{}"))).containsExactlyInAnyOrder("/key REQUIRED", "/purpose REQUIRED");
        assertThat(errors(recorder.ask(Recorder.recording("a", CONTENT).put("purpose", "PLAY"))))
                .containsExactly("/contentLength NOT_WITH_PURPOSE", "/sha256 NOT_WITH_PURPOSE");
        assertThat(errors(recorder.ask("""
                {"purpose": "PLAY", "key": "a", "form": "CREDENTIALS", "contentType": "a/b", "fileName": "a/b",
                 "expiresInSeconds": 3601}""")))
                .containsExactlyInAnyOrder(
                        "/contentType NOT_WITH_FORM",
                        "/fileName FILE_NAME_CHARACTERS",
                        "/fileName NOT_WITH_FORM",
                        "/expiresInSeconds NOT_WITH_FORM",
                        "/expiresInSeconds OUT_OF_RANGE");
        assertThat(errors(recorder.ask("""
                {"purpose": "write", "key": 7, "contentLength": 1e400, "expiresInSeconds": 99999999999999999999}""")))
                .containsExactly(
                        "/purpose PURPOSE",
                        "/key WRONG_TYPE",
                        "/contentLength WRONG_TYPE",
                        "/expiresInSeconds OUT_OF_RANGE");
    }

    @ParameterizedTest
    @CsvSource({"-1, 400", "0, 201", "5368709120, 201", "5368709121, 400", "9223372036854775808, 400"})
    void aRecordingHasAsManyBytesAsOneUploadTakes(String length, int status) {
        Recorder recorder = new Recorder(Monitored.active(Customer.healthy()));
        String body = Recorder.recording("a", CONTENT)
                .toString()
                .replace("\"contentLength\":11", "\"contentLength\":" + length);

        assertThat(recorder.ask(body).status()).isEqualTo(status);
    }

    @Test
    void aKeyIsTooLongOnlyTogetherWithThePrefix() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.overwrite("prefix", AttributeValue.fromS("plant-7/"));
        Recorder recorder = new Recorder(integration);

        assertThat(recorder.ask(Recorder.playback("k".repeat(1016))).status()).isEqualTo(201);
        assertThat(errors(recorder.ask(Recorder.playback("k".repeat(1017))))).containsExactly("/key KEY_LENGTH");
    }

    private static List<LocalAws.Call> assumed(Monitored integration, long since) {
        return LocalAws.calls(
                since,
                Map.of(
                        "operation",
                        "AssumeRole",
                        "roleArn",
                        integration.customer().name("roleArn")));
    }

    private static <T> List<T> together(int number, Callable<T> call) throws InterruptedException, ExecutionException {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(number)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                futures.add(threads.submit(call));
            }
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
        }
        return answers;
    }

    private static void done(int status, Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private static String type(Gateway.Answer answer) {
        String type = answer.json().path("type").asText();
        return type.substring(type.lastIndexOf(':') + 1);
    }

    private static void assertThatItIsUnavailable(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(type(answer)).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("STS");
    }
}
