package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One bad record harms only itself. */
@QuarkusTest
class BadRecordsTest {
    @Inject
    TestClock clock;

    @BeforeEach
    void nothingElseIsDue() {
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    /** A rule that is newer than the record, an attribute that is gone, and a method of a later version. */
    @ParameterizedTest
    @CsvSource({"bucket, No_Bucket", "region, mars", "externalId, ' '", "roleArn, arn:aws:iam::1:user/ada"})
    void aRecordThatCannotBeReadIsSetAsideAndTheListHasItsId(String attribute, String value) {
        Monitored bad = Monitored.active(Customer.healthy());
        Monitored good = Monitored.active(Customer.healthy());
        Gateway.Answer beside = bad.admin()
                .post(
                        "/v1/integrations?validate=false",
                        Drafts.of(Customer.healthy(), "B").toString());
        bad.overwrite(attribute, AttributeValue.fromS(value));
        clock.advance(Duration.ofMinutes(67));

        assertThatOneIsSetAsideAndOneValidated(bad, good);

        Gateway.Answer listed = bad.admin().get("/v1/integrations");
        assertThat(listed.status()).as(listed.text()).isEqualTo(200);
        assertThat(listed.json().path("unreadable").toString()).isEqualTo("[\"" + bad.id() + "\"]");
        assertThat(listed.json().path("items").findValuesAsText("name")).containsExactly("B");
        assertThat(bad.admin()
                        .get("/v1/integrations?limit=1")
                        .json()
                        .path("nextCursor")
                        .isTextual())
                .isTrue();
        assertThat(bad.admin().get(beside.header("Location")).status()).isEqualTo(200);
        Gateway.Answer got = bad.admin().get(bad.path());
        assertThat(got.status()).isEqualTo(500);
        assertThat(got.json().path("type").asText()).isEqualTo("urn:sea:problem:integration-unreadable");
        assertThat(got.json().path("detail").asText()).contains(bad.id());
    }

    @Test
    void anIntegrationWhoseExternalIdAnotherTenantHoldsIsSetAside() {
        Monitored bad = Monitored.active(Customer.healthy());
        Monitored good = Monitored.active(Customer.healthy());
        bad.claimedBy("another");
        clock.advance(Duration.ofMinutes(67));

        assertThatOneIsSetAsideAndOneValidated(bad, good);
        assertThat(bad.status()).isEqualTo("HEALTHY");
    }

    @Test
    void aKeyThatIsNoIntegrationsDelaysNobodyInItsPartition() {
        Monitored good = Monitored.active(Customer.healthy());
        Map<String, AttributeValue> key = Map.of(
                "PK",
                AttributeValue.fromS("TENANT#" + good.tenant()),
                "SK",
                AttributeValue.fromS("INT#a-later-version"));
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(key)
                        .updateExpression("SET duePartition = :partition, dueAt = :long_ago")
                        .expressionAttributeValues(Map.of(
                                ":partition", AttributeValue.fromN(Integer.toString(good.partition())),
                                ":long_ago", AttributeValue.fromN("1"))));
        clock.advance(Duration.ofMinutes(67));
        try {
            JsonNode swept = good.sweep();
            assertThat(swept.path("validated").asInt()).as(swept.toString()).isEqualTo(1);
            assertThat(swept.path("complete").asBoolean()).isTrue();
            JsonNode listed = good.admin().get("/v1/integrations").json();
            assertThat(listed.path("unreadable").toString()).isEqualTo("[\"a-later-version\"]");
            assertThat(listed.path("items")).hasSize(1);
            assertThat(idsOnPagesOfOne(good)).containsExactlyInAnyOrder(good.id(), "a-later-version");
        } finally {
            Account.SERVICE
                    .dynamoDb()
                    .deleteItem(request -> request.tableName(StoredData.TABLE).key(key));
        }
    }

    /** The list, a record a page. */
    private static List<String> idsOnPagesOfOne(Monitored integration) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Gateway.Answer page = integration.admin().get("/v1/integrations?limit=1" + cursor);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
            page.json().path("unreadable").forEach(id -> ids.add(id.asText()));
            cursor = page.json().path("nextCursor").isTextual()
                    ? "&cursor=" + page.json().path("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void aReportThatCannotBeReadIsLeftOutOfTheHistory() {
        Monitored integration = Monitored.active(Customer.healthy());
        DynamoDbClient dynamo = Account.SERVICE.dynamoDb();
        int before = history(integration).size();
        Map<String, AttributeValue> report = dynamo.query(request -> request.tableName(StoredData.TABLE)
                        .keyConditionExpression("PK = :tenant AND begins_with(SK, :reports)")
                        .expressionAttributeValues(Map.of(
                                ":tenant", AttributeValue.fromS("TENANT#" + integration.tenant()),
                                ":reports", AttributeValue.fromS("VAL#" + integration.id()))))
                .items()
                .getFirst();
        Map<String, AttributeValue> broken = new HashMap<>(report);
        broken.put("SK", AttributeValue.fromS("VAL#" + integration.id() + "#0000000000001-00000000"));
        broken.put("report", AttributeValue.fromS("{"));
        dynamo.putItem(request -> request.tableName(StoredData.TABLE).item(broken));

        assertThat(history(integration)).hasSize(before);
    }

    private static JsonNode history(Monitored integration) {
        Gateway.Answer history = integration.admin().get(integration.path() + "/validations");
        assertThat(history.status()).as(history.text()).isEqualTo(200);
        return history.json().path("items");
    }

    @Test
    void anOldBucketThatEndsAsAccountRegionalOnesDoIsStillMonitored() {
        Monitored old = Monitored.active(Customer.healthy());
        old.overwrite("bucket", AttributeValue.fromS("plant-an"));

        assertThat(old.shown().at("/target/bucket").asText()).isEqualTo("plant-an");
    }

    private void assertThatOneIsSetAsideAndOneValidated(Monitored bad, Monitored good) {
        JsonNode swept = Scheduler.tick();
        assertThat(swept.path("unreadable").asInt()).as(swept.toString()).isEqualTo(1);
        assertThat(swept.path("failed").asInt()).isZero();
        assertThat(swept.path("validated").asInt()).isEqualTo(1);
        assertThat(bad.isDueInAnHour(clock.instant())).isTrue();
        assertThat(good.isDueInAnHour(clock.instant())).isTrue();
        clock.advance(Duration.ofMinutes(3));
        assertThat(Scheduler.tick().path("due").asInt()).isZero();
    }
}
