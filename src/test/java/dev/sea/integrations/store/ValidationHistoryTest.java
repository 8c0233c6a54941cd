package dev.sea.integrations.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ValidationHistoryTest {
    private static final String ALL = "/v1/integrations";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private Customer customer;

    @Inject
    TestClock clock;

    @BeforeEach
    void aCustomer() {
        customer = Customer.healthy();
    }

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    @Test
    void everyValidationOfAStoredIntegrationIsKeptNewestFirst() {
        JsonNode created = create("");
        String path = ALL + "/" + created.path("id").asText();
        JsonNode onDemand = admin.post(path + "/validations", null).json();
        clock.advance(Duration.ofMinutes(16));
        admin.post(path + "/activate", null);
        JsonNode edited = admin.header("if-match", "\"2\"")
                .send("PATCH", path, "{\"target\": {\"prefix\": \"plant-7\"}}")
                .json();

        JsonNode history = admin.get(path + "/validations").json();

        assertThat(history.path("items")).hasSize(4);
        assertThat(history.path("items").path(0)).isEqualTo(edited.path("validation"));
        assertThat(history.path("items").path(2)).isEqualTo(onDemand);
        assertThat(history.path("items").path(3)).isEqualTo(created.path("validation"));
        assertThat(history.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void pagesGoOnWhereTheLastEndedAndCursorsAreOfOneHistory() {
        String path = ALL + "/" + create("").path("id").asText() + "/validations";
        admin.post(path, null);
        admin.post(path, null);
        JsonNode all = admin.get(path).json();

        JsonNode first = admin.get(path + "?limit=2").json();
        String cursor = first.path("nextCursor").asText();
        JsonNode second = admin.get(path + "?limit=2&cursor=" + cursor).json();

        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(first.path("items").path(1)).isEqualTo(all.path("items").path(1));
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("items").path(0)).isEqualTo(all.path("items").path(2));
        assertThat(second.path("nextCursor").isNull()).isTrue();
        String list = admin.get(ALL + "?limit=1").json().path("nextCursor").asText("none");
        for (String bad : List.of("x", cursor + "A", cursor.substring(1), list)) {
            assertThat(admin.get(path + "?cursor=" + bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(admin.get(path + "?limit=101").status()).isEqualTo(400);
    }

    @Test
    void reportsAreShownForNinetyDays() {
        String path = ALL + "/" + create("").path("id").asText() + "/validations";
        clock.advance(Duration.ofDays(90).minusMinutes(1));
        assertThat(admin.get(path).json().path("items")).hasSize(1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(admin.get(path).json().path("items")).isEmpty();
    }

    @Test
    void noSecretIsInAReport() {
        customer.withUser(Customer.PERMISSIONS);
        Gateway.Answer created = admin.post(ALL, customer.fill("""
                {"type": "S3", "name": "keys", "target": {"region": "us-east-1", "bucket": "${bucket}"}, "access":
                 {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}}"""));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(new StoredData(tenant).items("VAL#").toString())
                .contains("credentials")
                .doesNotContain(customer.name("secretAccessKey"));
    }

    @Test
    void aReaderMayLookAndAnotherTenantFindsNothing() {
        String path = ALL + "/" + create("?validate=false").path("id").asText() + "/validations";

        assertThat(Gateway.reader(tenant).get(path).json().path("items")).isEmpty();
        assertThat(Gateway.admin(Gateway.freshTenant()).get(path).status()).isEqualTo(404);
        assertThat(admin.get(ALL + "/int_01JD9Z00000000000000000000/validations")
                        .status())
                .isEqualTo(404);
    }

    private JsonNode create(String query) {
        Gateway.Answer answer = admin.post(ALL + query, customer.fill("""
                {"type": "S3", "name": "Plant 7", "target": {"region": "us-east-1", "bucket": "${bucket}"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}"""));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }
}
