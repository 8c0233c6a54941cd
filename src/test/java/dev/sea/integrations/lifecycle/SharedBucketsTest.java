package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LogLines;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two tenants that record to the same objects: the audit log tells it, and no answer does. */
@QuarkusTest
class SharedBucketsTest {
    private static final String ALL = "/v1/integrations";

    private LogLines audit;
    private Customer customer;
    private final String first = Gateway.freshTenant();
    private final String second = Gateway.freshTenant();
    private final Gateway one = Gateway.admin(first);
    private final Gateway another = Gateway.admin(second);

    @BeforeEach
    void listen() {
        audit = LogLines.of("audit");
        customer = Customer.healthy();
    }

    @AfterEach
    void stopListening() {
        audit.close();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "plant-7/, true", "plant-7/line-4/, true", "plant-70/, false", "press/, false"})
    void whoeverIsTheSecondToRecordThereHasALine(String prefix, boolean shares) {
        String theirs = active(one, customer, "plant-7/");
        String id = created(another, sharing(), prefix);
        assertThat(shared()).isEmpty();

        Gateway.Answer activated = another.post(ALL + "/" + id + "/activate", null);

        assertThat(activated.status()).as(activated.text()).isEqualTo(200);
        assertThat(shared())
                .hasSize(shares ? 1 : 0)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("share-bucket " + id + " tenant=" + second + " subject=ada ")
                        .endsWith(" bucket=" + customer.name("bucket") + " with=" + first + "/" + theirs
                                + " others=1 outcome=seen"));
        assertThat(activated.text()).doesNotContain(first, theirs, "OVERLAP");
        JsonNode report = another.post(ALL + "/" + id + "/validations", null).json();
        assertThat(report.toString()).doesNotContain(first, theirs, "OVERLAP");
    }

    @Test
    void oneThatIsNotActiveAndOnesOwnHaveNone() {
        created(one, customer, "plant-7/");
        active(another, sharing(), "plant-7/");
        active(another, sharing(), "");

        assertThat(shared()).isEmpty();
    }

    @Test
    void oneThatWasDeactivatedIsNotFoundAnyMore() {
        String theirs = active(one, customer, "");
        ok(one.post(ALL + "/" + theirs + "/deactivate", null));

        active(another, sharing(), "");

        assertThat(shared()).isEmpty();
    }

    @Test
    void anActiveOneThatGetsAnotherTargetHasALineAndAnotherDescriptionHasNone() {
        active(one, customer, "plant-7/");
        String id = active(another, sharing(), "press/");

        edit(id, "{\"description\": \"x\"}");
        assertThat(shared()).isEmpty();

        edit(id, "{\"target\": {\"prefix\": \"plant-7/line-4/\"}}");
        assertThat(shared()).singleElement().satisfies(line -> assertThat(line).startsWith("share-bucket " + id));
    }

    @Test
    void aRecordFromBeforeThereWasTheIndexIsFoundOnceItsHealthIsWritten() {
        String theirs = active(one, customer, "");
        change(theirs, "REMOVE recordsTo");
        active(another, sharing(), "");
        assertThat(shared()).isEmpty();

        ok(one.post(ALL + "/" + theirs + "/validations", null));
        Gateway third = Gateway.admin(Gateway.freshTenant());
        active(third, sharing(), "");

        assertThat(shared())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).contains(first + "/" + theirs).endsWith(" others=2 outcome=seen"));
    }

    @Test
    void anothersRecordThatCannotBeReadKeepsNobodyFromRecording() {
        String theirs = active(one, customer, "plant-7/");
        change(theirs, "REMOVE prefix");

        active(another, sharing(), "press/");

        assertThat(shared()).singleElement().satisfies(line -> assertThat(line).contains(first + "/" + theirs));
    }

    /** Otherwise an overlap could be without its line. */
    @Test
    void nothingIsActivatedUnlessItIsKnown() {
        active(one, customer, "");
        String id = created(another, sharing(), "");

        try (var _ = Outage.of("500", "DynamoDb", Set.of("Query"), "recordsTo")) {
            assertThat(another.post(ALL + "/" + id + "/activate", null).status())
                    .isEqualTo(503);
        }
        assertThat(another.get(ALL + "/" + id).json().path("state").asText()).isEqualTo("INACTIVE");

        ok(another.post(ALL + "/" + id + "/activate", null));
        assertThat(shared()).hasSize(1);
    }

    private void change(String id, String update) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(StoredData.key(first, id))
                        .updateExpression(update));
    }

    /** Another role with access to the same bucket. */
    private Customer sharing() {
        Customer other = new Customer();
        other.names().put("bucket", customer.name("bucket"));
        return other.withRole(Customer.TRUST, Customer.PERMISSIONS);
    }

    private List<String> shared() {
        return audit.lines().stream()
                .filter(line -> line.startsWith("share-bucket ") && line.contains(customer.name("bucket")))
                .toList();
    }

    private static String active(Gateway admin, Customer customer, String prefix) {
        String id = created(admin, customer, prefix);
        ok(admin.post(ALL + "/" + id + "/activate", null));
        return id;
    }

    private static String created(Gateway admin, Customer customer, String prefix) {
        Gateway.Answer answer = admin.post(ALL, customer.fill("""
                {"type": "S3", "name": "Plant ${run}",
                 "target": {"region": "us-east-1", "bucket": "${bucket}", "prefix": "%s"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""".formatted(prefix)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private void edit(String id, String change) {
        String version = another.get(ALL + "/" + id).json().path("version").asText();
        ok(another.header("If-Match", "\"" + version + "\"").send("PATCH", ALL + "/" + id, change));
    }

    private static void ok(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
