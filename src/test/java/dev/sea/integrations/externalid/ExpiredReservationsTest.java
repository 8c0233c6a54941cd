package dev.sea.integrations.externalid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
class ExpiredReservationsTest {
    private static final Duration RESERVATION = Duration.ofDays(2);
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);
    private String externalId = "";

    @Inject
    TestClock clock;

    @BeforeEach
    void oneIsReservedAndNothingElseIsDue() {
        Monitored.forgetOthers();
        externalId =
                admin.post("/v1/external-ids", null).json().path("externalId").asText();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void oneThatNobodyUsedInTimeIsRemoved() {
        clock.advance(RESERVATION.plusSeconds(1));

        JsonNode swept = Scheduler.tick();

        assertThat(swept.path("reservationsRemoved").asInt()).isPositive();
        assertThat(stored.claim(externalId)).isEmpty();
        assertThat(Scheduler.tick().path("reservationsRemoved").asInt()).isZero();
    }

    @Test
    void oneWhoseTimeIsNotOverStays() {
        clock.advance(RESERVATION.minusMinutes(1));

        Scheduler.tick();

        assertThat(stored.claim(externalId)).isNotEmpty();
    }

    @Test
    void oneThatIsUsedStaysItsTenantsAndLeavesTheIndex() {
        use();
        assertThat(stored.claim(externalId)).doesNotContainKeys("ttl", "duePartition", "dueAt");
        clock.advance(RESERVATION.plusDays(30));

        Scheduler.tick();

        assertThat(stored.uses(externalId)).isEqualTo(1);
    }

    @Test
    void oneThatTheIndexStillShowsAlthoughItIsUsedStays() {
        Map<String, AttributeValue> reserved = stored.claim(externalId);
        use();
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(Map.of("PK", reserved.get("PK"), "SK", reserved.get("SK")))
                        .updateExpression("SET duePartition = :partition, dueAt = :at")
                        .expressionAttributeValues(
                                Map.of(":partition", reserved.get("duePartition"), ":at", reserved.get("dueAt"))));
        clock.advance(RESERVATION.plusSeconds(1));

        Scheduler.tick();

        assertThat(stored.uses(externalId)).isEqualTo(1);
    }

    @Test
    void oneThatCannotBeRemovedKeepsNoSweepFromItsWork() {
        Monitored integration = Monitored.active(Customer.healthy());
        clock.advance(RESERVATION.plusSeconds(1));
        JsonNode swept;
        try (LocalAws.Fault refused =
                LocalAws.error(400, "AccessDeniedException", "dynamodb", "DeleteItem", Map.of(), 100)) {
            swept = Scheduler.tick();
        }

        assertThat(swept.path("validated").asInt()).isEqualTo(1);
        assertThat(stored.claim(externalId)).isNotEmpty();
        Scheduler.tick();
        assertThat(stored.claim(externalId)).isEmpty();
        assertThat(integration.status()).isEqualTo("HEALTHY");
    }

    private void use() {
        Gateway.Answer created = admin.post(
                "/v1/integrations?validate=false",
                Drafts.role().setText("/access/externalId", externalId).toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }
}
