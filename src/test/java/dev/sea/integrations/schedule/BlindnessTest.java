package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.event.WatchedMetrics;
import dev.sea.integrations.table.TypedItem;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FunctionRights;
import dev.sea.integrations.testing.FunctionRights.OfRole;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the service can no longer see: who is told what, and when. Whatever fails on the service's own side, nobody is unhealthy
 * for it.
 */
@QuarkusTest
class BlindnessTest {
    private static final int ALWAYS = 100_000;
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    TestClock clock;

    @Inject
    WatchedMetrics metrics;

    @BeforeEach
    void nothingElseIsDue() {
        Monitored.forgetOthers();
        metrics.forget();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void theGatewayRoleTrustsTheFunctionNoMore() {
        Monitored integration = Monitored.active(Customer.healthy());
        String trust = gatewayTrust();
        trust(trusting(Account.OTHER.id()));
        try {
            LocalAws.expireSessions(Customer.GATEWAY_ROLE);
            clock.advance(Duration.ofMinutes(67));
            assertThat(integration.sweep().path("unknown").asInt()).isEqualTo(1);

            assertThat(metrics.values("OwnFaults"))
                    .as("told the operator at once")
                    .containsExactly(1L);
            assertThat(metrics.values("OldestProofSeconds").getFirst()).isBetween(3_900L, 4_200L);
            assertThat(integration.status()).isEqualTo("HEALTHY");
            assertStaleAfterSixHours(integration);
        } finally {
            trust(trust);
        }

        assertThat(changes(integration)).containsExactly("HEALTHY", "STALE");
        assertThat(lastReport(integration).path("checks").path(0).path("code").asText())
                .isEqualTo("SERVICE_FAULT");
        assertSeesAgain(integration);
    }

    @Test
    void secretsManagerGivesNoSecrets() {
        Monitored integration = Monitored.activeWithKeys(withUser());
        try (var _ =
                LocalAws.error(400, "AccessDeniedException", "secretsmanager", "GetSecretValue", Map.of(), ALWAYS)) {
            clock.advance(Duration.ofMinutes(67));
            assertThat(integration.sweep().path("unknown").asInt()).isEqualTo(1);

            assertThat(metrics.values("OwnFaults"))
                    .as("told the operator at once")
                    .containsExactly(1L);
            assertThat(lastReport(integration)
                            .path("checks")
                            .path(0)
                            .path("code")
                            .asText())
                    .isEqualTo("SERVICE_FAULT");
            assertStaleAfterSixHours(integration);
        }

        assertThat(changes(integration)).containsExactly("HEALTHY", "STALE");
        assertSeesAgain(integration);
    }

    @Test
    void secretsManagerIsDown() {
        Monitored integration = Monitored.activeWithKeys(withUser());
        try (var _ = LocalAws.fault("500", "secretsmanager", "GetSecretValue", Map.of(), ALWAYS)) {
            clock.advance(Duration.ofMinutes(67));
            assertThat(integration.sweep().path("failed").asInt()).isEqualTo(1);

            assertThat(metrics.values("Failed")).containsExactly(1L);
            assertThat(metrics.values("OldestProofSeconds").getFirst()).isBetween(3_900L, 4_200L);
            assertStaleAfterSixHours(integration);
        }

        assertThat(changes(integration)).containsExactly("HEALTHY", "STALE");
        assertSeesAgain(integration);
    }

    @Test
    void stsThrottlesForADay() {
        Monitored integration = Monitored.active(Customer.healthy());
        Map<String, String> role = Map.of("roleArn", integration.customer().name("roleArn"));
        try (var _ = LocalAws.fault("throttle", "sts", "AssumeRole", role, ALWAYS)) {
            clock.advance(Duration.ofMinutes(67));
            integration.sweep();
            assertStaleAfterSixHours(integration);
            for (int hour = 7; hour < 24; hour += 4) {
                clock.advance(HOUR.multipliedBy(4));
                assertThat(integration.sweep().path("unknown").asInt()).isEqualTo(1);
            }
        }

        assertThat(metrics.values("OwnFaults")).as("it is no fault of ours").isEmpty();
        assertThat(metrics.values("OldestProofSeconds").getLast()).isGreaterThan(82_000L);
        assertThat(changes(integration)).as("told once").containsExactly("HEALTHY", "STALE");
        assertSeesAgain(integration);
    }

    @Test
    void oneSecretIsGone() {
        Monitored integration = Monitored.activeWithKeys(withUser());
        Monitored other = Monitored.activeWithKeys(withUser());
        String secret = new TypedItem(integration.item()).text("secretName");
        Account.SERVICE
                .secretsManager()
                .deleteSecret(request -> request.secretId(secret).forceDeleteWithoutRecovery(true));
        clock.advance(Duration.ofMinutes(67));

        Scheduler.tick();

        assertThat(metrics.values("OwnFaults")).as("told the operator at once").containsExactly(1L);
        assertThat(changes(integration)).as("told the customer at once").containsExactly("HEALTHY", "STALE");
        JsonNode event = integration.events().getLast();
        assertThat(event.path("summary").asText()).contains("access key is gone", "Enter it again");
        assertThat(event.path("failingChecks")).isEmpty();
        assertThat(lastReport(integration).path("checks").path(0).path("code").asText())
                .isEqualTo("STORED_KEY_GONE");
        assertThat(changes(other)).containsExactly("HEALTHY");

        String key = integration.customer().fill("""
                {"access": {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}",
                            "secretAccessKey": "${secretAccessKey}"}}""");
        Gateway.Answer entered = integration.admin().header("If-Match", "*").send("PATCH", integration.path(), key);
        assertThat(entered.status()).as(entered.text()).isEqualTo(200);
        assertThat(changes(integration)).containsExactly("HEALTHY", "STALE", "HEALTHY");
    }

    @Test
    void schedulerStopsForTwoHours() {
        Monitored integration = Monitored.active(Customer.healthy());
        clock.advance(Duration.ofMinutes(67).plus(HOUR.multipliedBy(2)));
        assertThat(metrics.values("Sweeps"))
                .as("what the operator's alarm misses")
                .isEmpty();

        JsonNode swept = integration.sweep();

        assertThat(swept.path("oldestDueSeconds").asInt()).isBetween(7_000, 8_300);
        assertThat(metrics.values("OldestProofSeconds")).containsExactly(0L);
        assertThat(changes(integration)).as("no customer hears of it").containsExactly("HEALTHY");
        assertThat(integration.status()).isEqualTo("HEALTHY");
    }

    @Test
    void theKeyOfOurOwnTableIsRefused() {
        Monitored integration = Monitored.active(Customer.healthy());
        clock.advance(Duration.ofMinutes(67));
        long due = integration.dueAt();
        FunctionRights.Grant key = FunctionRights.grants(OfRole.SWEEP).stream()
                .filter(grant -> grant.sid().equals("KeyBehindTableAndSecrets"))
                .filter(grant -> grant.value().startsWith("dynamodb"))
                .findFirst()
                .orElseThrow();
        try (var _ = FunctionRights.without(OfRole.SWEEP, key)) {
            assertThatThrownBy(Scheduler::tick)
                    .as("counts as an error of the sweep function")
                    .hasMessageContaining("the invocation failed");
        }

        assertThat(integration.dueAt()).isEqualTo(due);
        assertThat(changes(integration)).containsExactly("HEALTHY");
        assertThat(integration.sweep().path("validated").asInt()).isEqualTo(1);
    }

    /** Sweeps once an hour. Expects no word to the customer before six hours without a proof are over, and one at that time. */
    private void assertStaleAfterSixHours(Monitored integration) {
        for (int hour = 2; hour <= 5; hour++) {
            clock.advance(HOUR);
            integration.sweep();
            assertThat(changes(integration)).as("after %d hours", hour).containsExactly("HEALTHY");
        }
        clock.advance(HOUR);
        integration.sweep();
        JsonNode health = integration.shown().path("health");
        assertThat(health.path("status").asText()).isEqualTo("STALE");
        assertThat(Duration.between(Instant.parse(health.path("provedAt").asText()), clock.instant()))
                .isBetween(Duration.ofHours(6), Duration.ofHours(7));
        assertThat(health.path("summary").asText()).contains("No check has learned anything since", "checks passed");
        assertThat(changes(integration)).containsExactly("HEALTHY", "STALE");
        assertThat(integration.events().getLast().path("failingChecks")).isEmpty();
    }

    /** The first proof ends it, without another word of anything but health. */
    private void assertSeesAgain(Monitored integration) {
        clock.advance(Duration.ofMinutes(6));
        assertThat(integration.sweep().path("validated").asInt()).isEqualTo(1);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(changes(integration)).containsExactly("HEALTHY", "STALE", "HEALTHY");
        assertThat(metrics.values("OldestProofSeconds").getLast()).isZero();
    }

    private static List<String> changes(Monitored integration) {
        return integration.events().stream()
                .map(event -> event.path("to").asText())
                .toList();
    }

    private static JsonNode lastReport(Monitored integration) {
        return integration
                .admin()
                .get(integration.path() + "/validations")
                .json()
                .path("items")
                .path(0);
    }

    private static Customer withUser() {
        return new Customer().withBucket().withUser(Customer.PERMISSIONS);
    }

    private static String gatewayTrust() {
        String document = Account.SERVICE
                .iam()
                .getRole(request -> request.roleName("sea-gateway"))
                .role()
                .assumeRolePolicyDocument();
        return document.startsWith("%") ? URLDecoder.decode(document, StandardCharsets.UTF_8) : document;
    }

    private static void trust(String document) {
        Account.SERVICE
                .iam()
                .updateAssumeRolePolicy(
                        request -> request.roleName("sea-gateway").policyDocument(document));
    }

    private static String trusting(String principal) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
                 "Action": "sts:AssumeRole"}]}""".formatted(principal);
    }
}
