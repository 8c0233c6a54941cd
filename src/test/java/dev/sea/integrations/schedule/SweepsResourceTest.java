package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SweepsResourceTest {
    private static final String BODY = "{\"shard\":0,\"shards\":1}";

    @BeforeEach
    void nothingIsDue() {
        Monitored.forgetOthers();
    }

    @Test
    void theTemplatesInputSweeps() {
        Gateway.Answer answer = Gateway.invoke(Scheduler.event(0, 1));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("shard").asInt()).isZero();
        assertThat(answer.json().path("shards").asInt()).isEqualTo(1);
        assertThat(answer.json().path("complete").asBoolean()).isTrue();
    }

    @Test
    void forTheGatewayItIsNotThere() {
        Gateway admin = Gateway.with(Map.of(
                "sub", "ada", "custom:tenant_id", "acme", "cognito:groups", "[SEA_SYSTEM_ADMIN internal:scheduler]"));

        assertThat(admin.post("/internal/sweeps", BODY).status()).isEqualTo(404);
        assertThat(admin.get("/internal/sweeps").status()).isEqualTo(404);
        assertThat(Gateway.with(Map.of()).post("/internal/sweeps", BODY).status())
                .isIn(401, 404);
    }

    @Test
    void anEventWithAnAuthorizerAloneIsTheGatewaysToo() {
        ObjectNode event = Gateway.admin("acme").event("POST", "/internal/sweeps", BODY);
        event.withObject("/requestContext").remove("apiId");

        assertThat(Gateway.invoke(event).status()).isEqualTo(404);
    }

    @Test
    void theSchedulerHasNothingElse() {
        ObjectNode event = Scheduler.event(0, 1);
        event.put("rawPath", "/v1/integrations");
        event.withObject("/requestContext/http").put("method", "GET").put("path", "/v1/integrations");

        assertThat(Gateway.invoke(event).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shard\":1,\"shards\":1}",
                "{\"shard\":0,\"shards\":65}",
                "{\"shard\":-1,\"shards\":2}",
                "{\"shards\":1}",
                "{\"shard\":\"0\",\"shards\":1}",
                "{\"shard\":0,\"shards\":1,\"all\":true}"
            })
    void aShardThatThereIsNotIsRefused(String body) {
        assertThat(Gateway.invoke(Scheduler.event(0, 1).put("body", body)).status())
                .isEqualTo(400);
    }

    @Test
    void aSweepThatCannotReadTheIndexIsAFailedInvocation() {
        try (var _ = Outage.of("500", "DynamoDb", Set.of("Query"), "dueAt")) {
            assertThatThrownBy(() -> Gateway.invoke(Scheduler.event(0, 64)))
                    .hasMessageContaining("the invocation failed")
                    .hasMessageContaining("503");
        }
    }

    @Test
    void aFailureThatTheGatewayAsksForIsAnAnswer() {
        try (var _ = Outage.of("500", "DynamoDb", Set.of("Query"), "INT#")) {
            assertThat(Gateway.admin(Gateway.freshTenant())
                            .get("/v1/integrations")
                            .status())
                    .isEqualTo(503);
        }
    }
}
