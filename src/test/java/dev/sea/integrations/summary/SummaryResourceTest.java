package dev.sea.integrations.summary;

import static dev.sea.integrations.testing.LocalAws.callsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
class SummaryResourceTest {
    private static final String ALL = "/v1/integrations";
    private static final String STORE_ONLY = ALL + "?validate=false";

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @Inject
    TestClock clock;

    @Inject
    SeaConfig config;

    @Inject
    DynamoDbClient dynamo;

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aTenantWithoutIntegrationsHasZeros() {
        JsonNode summary = summary();

        assertThat(summary.path("total").asInt()).isZero();
        assertThat(summary.path("active").path("byHealth").properties())
                .hasSize(6)
                .allSatisfy(status -> assertThat(status.getValue().asInt()).isZero());
        assertThat(summary.path("stale").asInt()).isZero();
        assertThat(summary.path("unreadable").asInt()).isZero();
        assertThat(summary.path("complete").asBoolean()).isTrue();
    }

    @Test
    void stateAndHealthAreCounted() {
        activate(create(ALL, Drafts.of(Customer.healthy(), "Plant 7")));
        create(ALL, Drafts.of(Customer.healthy(), "Plant 8"));
        create(ALL, Drafts.of(new Customer().withRole(Customer.TRUST, Customer.PERMISSIONS), "Plant 9"));
        create(STORE_ONLY, Drafts.of(new Customer(), "Plant 10"));

        JsonNode summary = summary();

        assertThat(summary.path("total").asInt()).isEqualTo(4);
        assertThat(summary.path("active").path("total").asInt()).isEqualTo(1);
        assertThat(summary.at("/active/byHealth/HEALTHY").asInt()).isEqualTo(1);
        assertThat(summary.path("inactive").path("total").asInt()).isEqualTo(3);
        assertThat(summary.at("/inactive/byHealth/HEALTHY").asInt()).isEqualTo(1);
        assertThat(summary.at("/inactive/byHealth/UNHEALTHY").asInt()).isEqualTo(1);
        assertThat(summary.at("/inactive/byHealth/UNKNOWN").asInt()).isEqualTo(1);
    }

    /** If no sweep runs at all, none can write that it is stale. */
    @Test
    void anActiveOneOfWhichNothingWasLearnedForTooLongIsStaleThoughNoSweepHasSaidSo() {
        activate(create(ALL, Drafts.of(Customer.healthy(), "Plant 7")));
        create(ALL, Drafts.of(Customer.healthy(), "Plant 8"));

        clock.advance(config.schedule().staleAfter().minusMinutes(1));
        assertThat(summary().path("stale").asInt()).isZero();

        clock.advance(config.schedule().staleAfter());
        assertThat(summary().path("stale").asInt()).isEqualTo(1);
        assertThat(summary().at("/active/byHealth/HEALTHY").asInt()).isEqualTo(1);
    }

    @Test
    void aRecordThatCannotBeReadHidesNoOther() {
        String id = create(STORE_ONLY, Drafts.of(new Customer(), "Plant 7"));
        create(STORE_ONLY, Drafts.of(new Customer(), "Plant 8"));
        Map<String, AttributeValue> broken =
                new HashMap<>(new StoredData(tenant).items("INT#" + id).getFirst());
        broken.put("state", AttributeValue.fromS("SLEEPING"));
        dynamo.putItem(request -> request.tableName(config.table()).item(broken));

        assertThat(summary().path("total").asInt()).isEqualTo(1);
        assertThat(summary().path("unreadable").asInt()).isEqualTo(1);
    }

    /** The bucket of a new customer keeps no versions. */
    @Test
    void adviceIsCountedAndTheDestinationIsThere() {
        String id = create(ALL, Drafts.of(Customer.healthy(), "Plant 7"));
        create(ALL, Drafts.of(Customer.healthy(), "Plant 8"));
        create(STORE_ONLY, Drafts.of(new Customer(), "Plant 9"));

        assertThat(summary().at("/advice/NOT_VERSIONED").asInt()).isEqualTo(2);
        assertThat(summary().at("/advice/PUBLIC_OBJECTS").isInt()).isTrue();
        assertThat(summary().at("/advice/PUBLIC_OBJECTS").asInt()).isZero();
        assertThat(summary().at("/recordings/ready").asBoolean()).isFalse();

        activate(id);
        admin.header("If-None-Match", "*").send("PUT", "/v1/destinations/recordings", "{\"primary\": \"" + id + "\"}");

        assertThat(summary().at("/recordings/ready").asBoolean()).isTrue();
        assertThat(summary().at("/recordings/integration").asText()).isEqualTo(id);
    }

    @Test
    void oneQueryIsEnough() {
        create(STORE_ONLY, Drafts.of(new Customer(), "Plant 7"));

        assertThat(callsOf(this::summary)).containsExactlyInAnyOrder("Query", "BatchGetItem");
    }

    private void activate(String id) {
        assertThat(admin.post(ALL + "/" + id + "/activate", null).status()).isEqualTo(200);
    }

    private String create(String path, Drafts draft) {
        Gateway.Answer answer = admin.post(path, draft.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode summary() {
        Gateway.Answer answer = Gateway.reader(tenant).get("/v1/summary");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
