package dev.sea.integrations.security;

import static dev.sea.integrations.security.Administrator.ALL;
import static dev.sea.integrations.security.Administrator.done;
import static dev.sea.integrations.security.Administrator.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One of everything that a sweep has to do, two days later. */
final class SweepDuties {
    private final Administrator administrator = new Administrator();
    private final Gateway admin = administrator.gateway();
    private final StoredData stored = administrator.stored();
    private final Monitored failing = Monitored.active(Customer.healthy());
    private final String byKeys;
    private final String externalId;
    private final String secondary;

    SweepDuties(TestClock clock) {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        byKeys = ALL + "/"
                + done(201, admin.post(ALL, keys(customer, "by keys")))
                        .path("id")
                        .asText();
        done(200, admin.post(byKeys + "/activate", null));
        externalId = done(201, admin.post("/v1/external-ids", null))
                .path("externalId")
                .asText();
        leaveASecretBehind(customer);
        done(201, Gateway.workflow(administrator.tenant()).post(byKeys + "/grants", Administrator.RECORDING));
        failing.customer().withoutPermissions();
        secondary = standIn(failing, clock);
    }

    private void leaveASecretBehind(Customer customer) {
        String path =
                admin.post(ALL + "?validate=false", keys(customer, "gone")).header("Location");
        try (var _ = LocalAws.faultOnBody("500", "secretsmanager", "DeleteSecret", administrator.tenant(), 1_000)) {
            done(204, admin.send("DELETE", path, null));
        }
        assertThat(stored.markers()).hasSize(1);
    }

    /** The next failure makes the primary unhealthy, and the secondary was validated a moment ago. */
    private static String standIn(Monitored primary, TestClock clock) {
        Gateway tenant = primary.admin();
        Customer other = Customer.healthy();
        String secondary = done(201, tenant.post(ALL, Administrator.role(other, "Plant 8")))
                .path("id")
                .asText();
        done(200, tenant.post(ALL + "/" + secondary + "/activate", null));
        String body = "{\"primary\": \"%s\", \"secondary\": \"%s\"}".formatted(primary.id(), secondary);
        done(200, tenant.header("If-None-Match", "*").send("PUT", "/v1/destinations/recordings", body));
        Map<String, AttributeValue> health = new HashMap<>(
                Objects.requireNonNull(primary.item().get("health")).m());
        health.put("failures", AttributeValue.fromN("2"));
        primary.overwrite("health", AttributeValue.fromM(health));
        clock.advance(Duration.ofHours(49));
        done(200, tenant.post(ALL + "/" + secondary + "/validations", null));
        return secondary;
    }

    void sweep() {
        assertThat(Scheduler.tick().path("failed").asInt()).isZero();
    }

    void assertThatAllIsDone() {
        assertThat(failing.status()).isEqualTo("UNHEALTHY");
        assertThat(failing.events().getLast().path("to").asText()).isEqualTo("UNHEALTHY");
        List<JsonNode> changes = LocalAws.events(Map.of("tenant", failing.tenant(), "destination", "recordings"));
        assertThat(changes.getLast().at("/to/integration").asText()).isEqualTo(secondary);
        assertThat(done(200, admin.get(byKeys)).path("health").path("status").asText())
                .isEqualTo("HEALTHY");
        assertThat(done(200, admin.get(byKeys + "/validations")).path("items")).hasSize(2);
        assertThat(stored.markers()).isEmpty();
        assertThat(stored.recoverableSecrets()).hasSize(1);
        assertThat(stored.claim(externalId)).isEmpty();
        assertThat(done(200, admin.get(byKeys + "/grants?state=MISSING")).path("items"))
                .hasSize(1);
    }
}
