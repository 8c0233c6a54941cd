package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The check {@code earlier-recordings}: who changes a target or an access hears what can no longer be played. */
@QuarkusTest
class EarlierRecordingsTest {
    private static final byte[] CONTENT = "a recording".getBytes(StandardCharsets.UTF_8);
    private static final String CHECK = "earlier-recordings";

    private Customer first;
    private Customer second;
    private Monitored integration;
    private Recorder recorder;

    @BeforeEach
    void anIntegration() {
        first = Customer.healthy();
        second = new Customer().withBucket();
        integration = Monitored.active(first);
        recorder = new Recorder(integration);
    }

    @Test
    void aNewRoleThatCannotReadTheEarlierBucketIsWarnedOfUntilTheStatementIsAdded() {
        recorded("2026/a.mp4", CONTENT);
        first.withPermissions(of(first, second));

        JsonNode moved = check(changed(toBucket(second)));
        assertThat(moved.path("outcome").asText()).isEqualTo("PASSED");
        assertThat(moved.path("message").asText()).isEqualTo("SEA may read the recordings at the earlier target 1.");
        assertThat(moved.path("required").asBoolean()).isFalse();

        Customer later = new Customer().withRole(Customer.TRUST, of(second));
        JsonNode answer = changed(toRole(later));
        assertThat(answer.at("/validation/status").asText()).isEqualTo("HEALTHY");
        JsonNode warning = check(answer);
        assertThat(warning.path("outcome").asText()).isEqualTo("WARNING");
        assertThat(warning.path("code").asText()).isEqualTo("EARLIER_RECORDINGS_UNREACHABLE");
        assertThat(warning.path("message").asText())
                .startsWith(
                        "Recordings at the earlier target 1 cannot be played. Target 1: s3:GetObject on arn:aws:s3:::"
                                + first.name("bucket") + "/2026/a.mp4 is denied");
        assertThat(warning.path("resource").asText()).isEqualTo(first.fill("arn:aws:s3:::${bucket}/2026/a.mp4"));
        assertThat(warning.at("/remedy/text").asText())
                .contains("Add this statement to the permissions policy of role " + later.name("roleName"));
        assertThat(warning.at("/remedy/statement/Resource/0").asText())
                .isEqualTo(first.fill("arn:aws:s3:::${bucket}/*"));
        assertThat(new Recorder.Granted(recorder.granted(ofFirst("2026/a.mp4")))
                        .send()
                        .statusCode())
                .isEqualTo(403);

        String pasted = of(second).replace("]}]}", "]}, " + warning.at("/remedy/statement") + "]}");
        later.withPermissions(pasted);

        assertThat(outcome(validated())).isEqualTo("PASSED");
        assertThat(new Recorder.Granted(recorder.granted(ofFirst("2026/a.mp4")))
                        .send()
                        .body())
                .isEqualTo(CONTENT);
    }

    @Test
    void theBucketPolicyThatDeniesTheNewRoleIsNamed() {
        recorded("2026/a.mp4", CONTENT);
        first.withPermissions(of(first, second));
        changed(toBucket(second));
        Customer later = new Customer().withRole(Customer.TRUST, of(first, second));
        first.withBucketPolicy(later.fill("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": {"AWS": "${roleArn}"},
                 "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(first.name("bucket"))));

        JsonNode warning = check(changed(toRole(later)));

        assertThat(warning.path("code").asText()).isEqualTo("EARLIER_RECORDINGS_UNREACHABLE");
        assertThat(warning.at("/remedy/text").asText())
                .contains("Find the Deny in the bucket policy of " + first.name("bucket"));
    }

    @Test
    void oneStatementIsForAllEarlierTargetsThatNeedIt() {
        Customer third = new Customer().withBucket();
        recorded("2026/a.mp4", CONTENT);
        first.withPermissions(of(first, second, third));
        changed(toBucket(second));
        recorded("2026/b.mp4", CONTENT);
        Customer later = new Customer().withRole(Customer.TRUST, of(third));

        JsonNode warning = check(changed("""
                {"target": {"bucket": "%s"}, "access": %s}""".formatted(third.name("bucket"), role(later))));

        assertThat(warning.path("message").asText())
                .startsWith("Recordings at the earlier targets 2, 1 cannot be played.");
        assertThat(warning.at("/remedy/statement/Resource").valueStream().map(JsonNode::asText))
                .containsExactly(second.fill("arn:aws:s3:::${bucket}/*"), first.fill("arn:aws:s3:::${bucket}/*"));
    }

    @Test
    void whatCannotBeDeniedIsNoWarning() {
        recorded("2026/empty.mp4", new byte[0]);
        first.withPermissions(of(first, second));
        changed(toBucket(second));
        assertThat(outcome(validated())).as("an empty object has no first byte").isEqualTo("PASSED");

        Account.CUSTOMER
                .s3("us-east-1")
                .deleteObject(request -> request.bucket(first.name("bucket")).key("2026/empty.mp4"));
        assertThat(outcome(validated())).as("the customer deleted it").isEqualTo("PASSED");

        first.withPermissions(of(second)
                .replace(
                        "]}]}",
                        "]}, {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \""
                                + first.fill("arn:aws:s3:::${bucket}/*") + "\"}]}"));
        assertThat(outcome(validated()))
                .as("S3 does not tell who may not list that it is gone")
                .isEqualTo("PASSED");
    }

    @Test
    void aBucketThatIsGoneIsSaidToBe() {
        recorded("2026/a.mp4", CONTENT);
        first.withPermissions(of(first, second));
        changed(toBucket(second));
        Account.CUSTOMER
                .s3("us-east-1")
                .listObjectsV2(request -> request.bucket(first.name("bucket")))
                .contents()
                .forEach(object -> Account.CUSTOMER
                        .s3("us-east-1")
                        .deleteObject(
                                request -> request.bucket(first.name("bucket")).key(object.key())));
        Account.CUSTOMER.s3("us-east-1").deleteBucket(request -> request.bucket(first.name("bucket")));

        JsonNode report = validated();

        assertThat(outcome(report)).isEqualTo("WARNING");
        assertThat(only(report).path("message").asText())
                .contains("There is no bucket " + first.name("bucket") + " in us-east-1 any more.");
        assertThat(report.path("status").asText()).isEqualTo("HEALTHY");
    }

    @Test
    void whereNothingWasRecordedNothingIsAsked() {
        recorder.granted(Recorder.recording("2026/never-stored.mp4", CONTENT));
        first.withPermissions(of(first, second));
        long since = System.currentTimeMillis();

        assertThat(checks(changed(toBucket(second)).path("validation"))).doesNotContain(CHECK);
        assertThat(LocalAws.calls(since, Map.of("operation", "GetObject", "bucket", first.name("bucket"))))
                .isEmpty();
    }

    @Test
    void nothingIsReadWithARoleThatIsNotProvedToBeForThisTenantAlone() {
        recorded("2026/a.mp4", CONTENT);
        first.withPermissions(of(first, second));
        changed(toBucket(second));
        Customer open = new Customer()
                .withRole(Customer.TRUST.replace("StringEquals", "StringEqualsIfExists"), of(first, second));
        long since = System.currentTimeMillis();

        assertThat(change(integration, toRole(open)).status()).isEqualTo(422);

        assertThat(LocalAws.calls(since, Map.of("operation", "GetObject", "bucket", first.name("bucket"))))
                .isEmpty();
    }

    @Test
    void anOtherPrefixOfTheSameBucketIsAnEarlierTargetToo() {
        recorded("2026/a.mp4", CONTENT);
        changed("{\"target\": {\"prefix\": \"plant-7/\"}}");
        first.withPermissions(Customer.PERMISSIONS.replace("${bucket}/*", "${bucket}/plant-7/*"));

        JsonNode report = validated();

        assertThat(outcome(report)).isEqualTo("WARNING");
        assertThat(only(report).at("/remedy/statement/Resource/0").asText())
                .isEqualTo(first.fill("arn:aws:s3:::${bucket}/*"));
        assertThat(report.path("status").asText()).isEqualTo("HEALTHY");
        assertThat(integration.status()).isEqualTo("HEALTHY");
    }

    @Test
    void anAccessKeyIsTriedAsWell() {
        first.withUser(of(first, second));
        Monitored keyed = Monitored.activeWithKeys(first);
        Recorder itsRecorder = new Recorder(keyed);
        recorded(keyed, itsRecorder, "2026/a.mp4", CONTENT);
        assertThat(check(changed(keyed, toBucket(second))).path("outcome").asText())
                .isEqualTo("PASSED");
        Customer later = new Customer().withUser(of(second));

        JsonNode warning = check(changed(keyed, later.fill("""
                {"access": {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}",
                            "secretAccessKey": "${secretAccessKey}"}}""")));

        assertThat(warning.path("code").asText()).isEqualTo("EARLIER_RECORDINGS_UNREACHABLE");
        assertThat(warning.at("/remedy/text").asText()).contains("user " + later.name("userName"));
    }

    /** Receipts from before the service kept their keys with the day's count. */
    @Test
    void aDayThatNamesNoKeyIsReadAsBefore() {
        recorded("2026/a.mp4", CONTENT);
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName("local-sea-external-integrations")
                        .key(day())
                        .updateExpression("REMOVE receipt1"));
        first.withPermissions(of(first, second));

        assertThat(checks(changed(toBucket(second)).path("validation"))).doesNotContain(CHECK);
        assertThat(integration
                        .admin()
                        .get(integration.path() + "/evidence")
                        .json()
                        .at("/totals/stored")
                        .asInt())
                .isEqualTo(1);
    }

    private Map<String, AttributeValue> day() {
        return Account.SERVICE
                .dynamoDb()
                .query(request -> request.tableName("local-sea-external-integrations")
                        .keyConditionExpression("PK = :tenant AND begins_with(SK, :days)")
                        .projectionExpression("PK, SK")
                        .expressionAttributeValues(Map.of(
                                ":tenant", AttributeValue.fromS("TENANT#" + integration.tenant()),
                                ":days", AttributeValue.fromS("EVIDENCE#" + integration.id()))))
                .items()
                .getFirst();
    }

    private void recorded(String key, byte[] content) {
        recorded(integration, recorder, key, content);
    }

    private static void recorded(Monitored into, Recorder by, String key, byte[] content) {
        JsonNode grant = by.granted(Recorder.recording(key, content));
        assertThat(new Recorder.Granted(grant).send(content).statusCode()).isEqualTo(200);
        Gateway.Answer outcome = Gateway.workflow(into.tenant())
                .post(into.path() + "/grants/" + grant.path("id").asText() + "/outcome", "{\"result\": \"STORED\"}");
        assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
    }

    private static ObjectNode ofFirst(String key) {
        return Recorder.playback(key).put("targetRevision", 1);
    }

    private static String of(Customer... all) {
        List<String> resources = Arrays.stream(all)
                .map(it -> it.fill("\"arn:aws:s3:::${bucket}\", \"arn:aws:s3:::${bucket}/*\""))
                .toList();
        return Customer.PERMISSIONS.replace(
                "\"arn:aws:s3:::${bucket}\", \"arn:aws:s3:::${bucket}/*\"", String.join(", ", resources));
    }

    private static String toBucket(Customer of) {
        return "{\"target\": {\"bucket\": \"" + of.name("bucket") + "\"}}";
    }

    private static String toRole(Customer of) {
        return "{\"access\": " + role(of) + "}";
    }

    private static String role(Customer of) {
        return of.fill("""
                {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}""");
    }

    private JsonNode changed(String patch) {
        return changed(integration, patch);
    }

    private static JsonNode changed(Monitored which, String patch) {
        Gateway.Answer answer = change(which, patch);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Gateway.Answer change(Monitored which, String patch) {
        Gateway admin = which.admin();
        String version = Objects.requireNonNull(admin.get(which.path()).header("ETag"));
        return admin.header("If-Match", version).send("PATCH", which.path(), patch);
    }

    private JsonNode validated() {
        Gateway.Answer answer = integration.admin().post(integration.path() + "/validations", null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode check(JsonNode changed) {
        return only(changed.path("validation"));
    }

    private static String outcome(JsonNode report) {
        return only(report).path("outcome").asText();
    }

    private static JsonNode only(JsonNode report) {
        List<JsonNode> found = report.path("checks")
                .valueStream()
                .filter(it -> it.path("id").asText().equals(CHECK))
                .toList();
        assertThat(found).as(report.toString()).hasSize(1);
        return found.getFirst();
    }

    private static List<String> checks(JsonNode report) {
        return report.path("checks")
                .valueStream()
                .map(it -> it.path("id").asText())
                .toList();
    }
}
