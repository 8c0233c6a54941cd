package dev.sea.integrations.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.util.Lists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
class OutboxTest {
    private static final int ALWAYS = 1_000;

    @Inject
    TestClock clock;

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aChangeOfHealthIsToldWithWhatFailed() throws IOException {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withPermissions(Customer.PERMISSIONS.replace("s3:PutObject", "s3:GetBucketTagging"));

        integration.admin().post(integration.path() + "/validations", null);

        JsonNode event = integration.events().getLast();
        assertThat(event.path("tenant").asText()).isEqualTo(integration.tenant());
        assertThat(event.path("integration").asText()).isEqualTo(integration.id());
        assertThat(event.path("name").asText()).isEqualTo("Plant 7");
        assertThat(event.path("state").asText()).isEqualTo("ACTIVE");
        assertThat(event.path("from").asText()).isEqualTo("HEALTHY");
        assertThat(event.path("to").asText()).isEqualTo("DEGRADED");
        assertThat(event.path("changedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(event.path("failingChecks")).hasSize(1);
        assertThat(event.at("/failingChecks/0/id").asText()).isEqualTo("put");
        assertThat(event.at("/failingChecks/0/code").asText()).isEqualTo("IDENTITY_POLICY_MISSING");
        JsonNode documented = new ObjectMapper()
                .readTree(Path.of("docs/events/integration-health-changed.example.json")
                        .toFile());
        assertThat(members(event)).isEqualTo(members(documented.path("detail")));
        assertThat(members(event.at("/failingChecks/0"))).isEqualTo(members(documented.at("/detail/failingChecks/0")));
        assertThat(waiting(integration)).isEmpty();
    }

    @Test
    void aValidationThatChangesNothingTellsNothing() {
        Monitored integration = Monitored.active(Customer.healthy());

        integration.admin().post(integration.path() + "/validations", null);

        assertThat(told(integration)).containsExactly("HEALTHY");
    }

    @Test
    void whileTheBusIsDownEventsWaitAndNoneIsLost() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withoutPermissions();
        clock.advance(Duration.ofMinutes(67));
        try (LocalAws.Fault _ = LocalAws.faultOnBody("503", "events", "PutEvents", integration.id(), ALWAYS)) {
            integration.sweep();
            integration.customer().withPermissions(Customer.PERMISSIONS);
            clock.advance(Duration.ofMinutes(6));
            assertThat(integration.sweep().path("eventsSent").asInt()).isZero();
            assertThat(integration.events()).hasSize(1);
            assertThat(waiting(integration)).hasSize(2);
        }
        integration.admin().post(integration.path() + "/deactivate", null);
        clock.advance(Duration.ofMinutes(1));

        assertThat(integration.sweep().path("eventsSent").asInt()).isEqualTo(2);

        assertThat(told(integration)).containsExactly("HEALTHY", "DEGRADED", "HEALTHY");
        assertThat(integration.events().stream()
                        .map(event -> event.path("sequence").asInt())
                        .toList())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(waiting(integration)).isEmpty();
        assertThat(integration.sweep().path("eventsSent").asInt()).isZero();
    }

    @Test
    void whoWroteAnEventAMomentAgoIsSendingItHimself() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withoutPermissions();
        try (LocalAws.Fault _ = LocalAws.faultOnBody("503", "events", "PutEvents", integration.id(), ALWAYS)) {
            integration.admin().post(integration.path() + "/validations", null);
        }

        assertThat(integration.sweep().path("eventsSent").asInt()).isZero();
        assertThat(waiting(integration)).hasSize(1);
    }

    @Test
    void anEventThatCouldNotBeCrossedOffIsToldAgain() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withoutPermissions();
        try (var _ = Outage.of("500", "DynamoDb", Set.of("DeleteItem"), integration.id())) {
            assertThat(integration
                            .admin()
                            .post(integration.path() + "/validations", null)
                            .status())
                    .isEqualTo(200);
        }
        clock.advance(Duration.ofMinutes(1));
        integration.sweep();

        assertThat(told(integration)).containsExactly("HEALTHY", "DEGRADED", "DEGRADED");
    }

    @Test
    void anEventFromBeforeThereWereOtherTypesIsStillSent() {
        Monitored integration = Monitored.active(Customer.healthy());
        String detail = """
                {"integration": "%s", "to": "DEGRADED", "sequence": 99}""".formatted(integration.id());
        Account.SERVICE
                .dynamoDb()
                .putItem(request -> request.tableName("local-sea-external-integrations")
                        .item(Map.of(
                                "PK", AttributeValue.fromS("OUTBOX#" + integration.partition()),
                                "SK", AttributeValue.fromS(integration.id() + "#0000000099"),
                                "detail", AttributeValue.fromS(detail),
                                "changedAt",
                                        AttributeValue.fromN(Long.toString(
                                                clock.instant().minusSeconds(60).toEpochMilli())))));

        assertThat(integration.sweep().path("eventsSent").asInt()).isEqualTo(1);

        assertThat(told(integration)).containsExactly("HEALTHY", "DEGRADED");
        assertThat(waiting(integration)).isEmpty();
    }

    private static List<String> told(Monitored integration) {
        return integration.events().stream()
                .map(event -> event.path("to").asText())
                .toList();
    }

    private static List<String> members(JsonNode object) {
        return Lists.newArrayList(object.fieldNames());
    }

    private static List<Map<String, AttributeValue>> waiting(Monitored integration) {
        return Account.SERVICE
                .dynamoDb()
                .query(request -> request.tableName("local-sea-external-integrations")
                        .keyConditionExpression("PK = :partition AND begins_with(SK, :id)")
                        .expressionAttributeValues(Map.of(
                                ":partition", AttributeValue.fromS("OUTBOX#" + integration.partition()),
                                ":id", AttributeValue.fromS(integration.id()))))
                .items();
    }
}
