package dev.sea.integrations.security;

import static dev.sea.integrations.security.Administrator.ALL;
import static dev.sea.integrations.security.Administrator.done;
import static dev.sea.integrations.security.Administrator.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import java.time.Duration;

/** One of everything that a sweep has to do, two days later. */
final class SweepDuties {
    private final Administrator administrator = new Administrator();
    private final Gateway admin = administrator.gateway();
    private final StoredData stored = administrator.stored();
    private final Monitored failing = Monitored.active(Customer.healthy());
    private final String byKeys;
    private final String externalId;

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
        failing.customer().withoutPermissions();
        clock.advance(Duration.ofHours(49));
    }

    private void leaveASecretBehind(Customer customer) {
        String path =
                admin.post(ALL + "?validate=false", keys(customer, "gone")).header("Location");
        try (var _ = LocalAws.faultOnBody("500", "secretsmanager", "DeleteSecret", administrator.tenant(), 1_000)) {
            done(204, admin.send("DELETE", path, null));
        }
        assertThat(stored.markers()).hasSize(1);
    }

    void sweep() {
        assertThat(Scheduler.tick().path("failed").asInt()).isZero();
    }

    void assertThatAllIsDone() {
        assertThat(failing.status()).isEqualTo("DEGRADED");
        assertThat(failing.events().getLast().path("to").asText()).isEqualTo("DEGRADED");
        assertThat(done(200, admin.get(byKeys)).path("health").path("status").asText())
                .isEqualTo("HEALTHY");
        assertThat(done(200, admin.get(byKeys + "/validations")).path("items")).hasSize(2);
        assertThat(stored.markers()).isEmpty();
        assertThat(stored.recoverableSecrets()).hasSize(1);
        assertThat(stored.claim(externalId)).isEmpty();
    }
}
