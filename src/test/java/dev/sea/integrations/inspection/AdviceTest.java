package dev.sea.integrations.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Held;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.assertj.core.util.Lists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Each advice, and each healthy thing that looks like a reason for it. */
@QuarkusTest
class AdviceTest {
    private static final String ALL = "/v1/integrations";
    private static final String PREFIX = "plant-7/";
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());
    private final S3Client s3 = Account.CUSTOMER.s3("us-east-1");

    @Inject
    TestClock clock;

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aBucketAsAwsMakesItKeepsNoVersionsAndNothingElseIsAdvised() {
        JsonNode report = draft(Customer.healthy());

        assertThat(report.path("status").asText()).isEqualTo("HEALTHY");
        assertThat(codes(report)).containsExactly("NOT_VERSIONED");
        JsonNode advice = report.path("advice").path(0);
        assertThat(advice.path("message").asText()).contains("keeps no versions");
        assertThat(advice.at("/remedy/text").asText()).contains("put-bucket-versioning");
        assertThat(advice.at("/remedy/configuration/Status").asText()).isEqualTo("Enabled");
        assertThat(Instant.parse(advice.path("since").asText())).isBeforeOrEqualTo(clock.instant());
    }

    @Test
    void aBucketThatKeepsVersionsIsFineUntilThatIsSuspended() {
        Customer customer = Customer.healthy();
        versioning(customer, BucketVersioningStatus.ENABLED);
        assertThat(codes(draft(customer))).isEmpty();

        versioning(customer, BucketVersioningStatus.SUSPENDED);
        assertThat(codes(draft(customer))).containsExactly("NOT_VERSIONED");
    }

    @Test
    void aRuleThatDeletesRecordingsIsNamedWithItsDays() {
        Customer customer = versioned();
        expiring(customer, "Delete after a week", "", 7);

        JsonNode advice = draft(customer).path("advice").path(0);

        assertThat(advice.path("code").asText()).isEqualTo("EXPIRES");
        assertThat(advice.path("message").asText())
                .isEqualTo("The bucket's lifecycle rule 'Delete after a week' deletes recordings 7 days after they are"
                        + " written.");
        assertThat(advice.at("/remedy/configuration/Expiration/Days").asInt()).isEqualTo(365);
        assertThat(advice.at("/remedy/configuration/Filter/Prefix").asText()).isEqualTo(PREFIX);
    }

    @Test
    void aRuleForAnotherFolderIsNoneOfOurs() {
        Customer customer = versioned();
        expiring(customer, "logs", "logs/", 1);

        assertThat(codes(draft(customer))).isEmpty();
    }

    @Test
    void aKmsBucketWithoutABucketKeyIsToldTheJsonThatTurnsItOn() {
        Customer customer = kms(false);

        JsonNode advice = draft(customer).path("advice").path(0);

        assertThat(advice.path("code").asText()).isEqualTo("NO_BUCKET_KEY");
        JsonNode rule = advice.at("/remedy/configuration/Rules/0");
        assertThat(rule.path("BucketKeyEnabled").asBoolean()).isTrue();
        assertThat(rule.at("/ApplyServerSideEncryptionByDefault/KMSMasterKeyID").asText())
                .isEqualTo(customer.name("keyArn"));
        assertThat(codes(draft(kms(true)))).isEmpty();
    }

    @Test
    void anExternalIdThatCanBeGuessedIsAdvisedAgainst() {
        Customer customer = versioned();
        customer.names().put("externalId", "acme-" + customer.name("run").substring(0, 4));
        customer.withTrust(Customer.TRUST);

        assertThat(codes(draft(customer))).containsExactly("GUESSABLE_EXTERNAL_ID");
    }

    @Test
    void anotherKeyThanBeforeIsNewsWithBothNames() {
        Customer customer = kms(true);
        String id = created(customer);
        String before = customer.name("keyArn");
        customer.withKey();
        encrypted(customer, true);
        customer.withPermissions(Customer.PERMISSIONS_WITH_KMS);

        JsonNode advice = validated(id).path("advice").path(0);

        assertThat(advice.path("code").asText()).isEqualTo("KEY_CHANGED");
        assertThat(advice.path("message").asText()).contains(before, customer.name("keyArn"));
        assertThat(codes(validated(id))).containsExactly("KEY_CHANGED");
        clock.advance(Duration.ofDays(7));
        assertThat(codes(validated(id))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject,  plant-7/*, PUBLIC_OBJECTS",
        "s3:GetObject,  *,         PUBLIC_OBJECTS",
        "s3:GetObject,  press/*,   ",
        "s3:ListBucket, '',        PUBLIC_LISTING"
    })
    void whatAnybodyMayDoWithOurObjectsIsToldAndNothingOfOtherFolders(String action, String keys, String code) {
        Customer customer = versioned();
        String id = created(customer);
        open(customer, action, keys);

        JsonNode report = code == null ? validated(id) : validatedUntil(id, code);

        assertThat(report.path("status").asText()).isEqualTo("HEALTHY");
        assertThat(codes(report)).isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void publicObjectsAreToldHowToCloseThem() {
        Customer customer = versioned();
        String id = created(customer);
        open(customer, "s3:GetObject", "*");

        JsonNode remedy = validatedUntil(id, "PUBLIC_OBJECTS").at("/advice/0/remedy");

        assertThat(remedy.path("text").asText()).contains("put-public-access-block");
        assertThat(remedy.path("configuration").path("RestrictPublicBuckets").asBoolean())
                .isTrue();
    }

    @Test
    void whatAnybodyMayDoIsAskedWithoutCredentialsTwiceADayAndBucketAtMostAndOfNoDraft() {
        Customer customer = versioned();
        long before = System.currentTimeMillis();
        draft(customer);
        String id = created(customer);
        assertThat(unsigned(customer, before)).isEmpty();

        try (var _ = longProof(customer, () -> unsigned(customer, before).size() == 2)) {
            validated(id);
        }
        validated(id);
        assertThat(unsigned(customer, before)).containsExactlyInAnyOrder("GetObject", "ListObjectsV2");

        clock.advance(A_DAY);
        try (var _ = longProof(customer, () -> unsigned(customer, before).size() == 4)) {
            validated(id);
        }
        assertThat(unsigned(customer, before)).hasSize(4);
    }

    @Test
    void adviceStandsInTheRecordAndIsAnEventWhenItComesAndWhenItHasGone() {
        Customer customer = Customer.healthy();
        String id = created(customer);
        assertThat(codes(read(id))).containsExactly("NOT_VERSIONED");
        String since = read(id).at("/advice/0/since").asText();
        assertThat(LocalAws.adviceEvents(id)).singleElement().satisfies(event -> {
            assertThat(event.at("/come/0/code").asText()).isEqualTo("NOT_VERSIONED");
            assertThat(event.at("/come/0/remedy/text").asText()).isNotEmpty();
            assertThat(event.path("gone")).isEmpty();
            assertThat(event.path("standing").path(0).asText()).isEqualTo("NOT_VERSIONED");
        });

        versioning(customer, BucketVersioningStatus.ENABLED);
        assertThat(codes(validated(id))).containsExactly("NOT_VERSIONED");
        assertThat(read(id).at("/advice/0/since").asText()).isEqualTo(since);
        assertThat(LocalAws.adviceEvents(id)).hasSize(1);

        clock.advance(Duration.ofMinutes(11));
        assertThat(codes(validated(id))).isEmpty();
        assertThat(codes(read(id))).isEmpty();
        assertThat(LocalAws.adviceEvents(id)).hasSize(2).last().satisfies(event -> {
            assertThat(event.path("come")).isEmpty();
            assertThat(event.path("gone").path(0).asText()).isEqualTo("NOT_VERSIONED");
            assertThat(event.path("standing")).isEmpty();
        });
        assertThat(LocalAws.healthEvents(id)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "plant-7/, true", "plant-7/line-4/, true", "plant-70/, false", "press/, false"})
    void anotherIntegrationThatSharesObjectsIsNamed(String prefix, boolean shares) {
        Customer customer = versioned();
        ok(
                201,
                admin.post(
                        ALL + "?validate=false",
                        body(customer)
                                .replace("\"plant-7/\"", "\"" + prefix + "\"")
                                .replace("Plant ", "Neighbour ")));

        long since = System.currentTimeMillis();
        JsonNode report;
        try (var _ = longProof(customer, () -> hasLookedForNeighbours(since))) {
            report = draft(customer);
        }

        assertThat(codes(report)).isEqualTo(shares ? List.of("OVERLAP") : List.of());
        assertThat(report.at("/advice/0/message").asText().contains("Neighbour " + customer.name("run")))
                .isEqualTo(shares);
    }

    @Test
    void noIntegrationSharesWithItselfWithAnotherBucketOrWithAnotherTenants() {
        Customer customer = versioned();
        String id = created(customer);
        created(versioned());
        Gateway other = Gateway.admin(Gateway.freshTenant());
        Customer keys = new Customer();
        keys.names().put("bucket", customer.name("bucket"));
        ok(201, other.post(ALL + "?validate=false", body(keys)));

        long since = System.currentTimeMillis();
        try (var _ = longProof(customer, () -> hasLookedForNeighbours(since))) {
            assertThat(codes(validated(id))).isEmpty();
        }
    }

    /** No proof waits for what is asked beside it, so a test must let that be answered first. */
    private static Held longProof(Customer customer, BooleanSupplier isAnswered) {
        return Held.until(
                LocalAws.delay(Held.SECONDS_AT_MOST, "s3", "PutObject", Map.of("bucket", customer.name("bucket")), 1),
                isAnswered);
    }

    private static boolean hasLookedForNeighbours(long since) {
        return !LocalAws.calls(since, Map.of("operation", "Query")).isEmpty();
    }

    private JsonNode validatedUntil(String id, String code) {
        return clock.dayByDay(() -> validated(id), report -> codes(report).contains(code));
    }

    /** Whoever stops naming the page must not leave its advice behind. */
    @Test
    void adviceAboutAPageGoesWhereNoPageIsNamedAnyMore() {
        Monitored integration = Monitored.active(versioned());
        Map<String, AttributeValue> posture = new HashMap<>(
                Objects.requireNonNull(integration.item().get("posture")).m());
        AttributeValue since =
                AttributeValue.fromN(Long.toString(clock.instant().toEpochMilli()));
        Map<String, AttributeValue> standing =
                Map.of("since", since, "detail", AttributeValue.fromS("https://sea.example.com"));
        posture.put("advice", AttributeValue.fromM(Map.of("PLAYBACK_CORS_MISSING", AttributeValue.fromM(standing))));
        integration.overwrite("posture", AttributeValue.fromM(posture));
        String path = ALL + "/" + integration.id();
        assertThat(codes(ok(200, integration.admin().get(path)))).containsExactly("PLAYBACK_CORS_MISSING");

        ok(200, integration.admin().post(path + "/validations", null));
        clock.advance(Duration.ofMinutes(11));

        assertThat(codes(ok(200, integration.admin().post(path + "/validations", null))))
                .isEmpty();
    }

    @Test
    void theEventIsAsItIsDocumented() throws IOException {
        JsonNode event = LocalAws.adviceEvents(created(Customer.healthy())).getFirst();

        JsonNode documented = new ObjectMapper()
                .readTree(Path.of("docs/events/integration-advice-changed.example.json")
                        .toFile())
                .path("detail");
        assertThat(Lists.newArrayList(event.fieldNames())).isEqualTo(Lists.newArrayList(documented.fieldNames()));
        assertThat(Lists.newArrayList(event.at("/come/0").fieldNames()))
                .isEqualTo(Lists.newArrayList(documented.at("/come/0").fieldNames()));
        assertThat(event.at("/come/0/message")).isEqualTo(documented.at("/come/0/message"));
    }

    @Test
    void anotherBucketStartsWithAdviceOfItsOwn() {
        Customer customer = Customer.healthy();
        String id = created(customer);
        String former = customer.name("bucket");
        customer.names().put("bucket", former + "-2");
        customer.withBucket().withPermissions(Customer.PERMISSIONS);
        versioning(customer, BucketVersioningStatus.ENABLED);

        Gateway.Answer edited = admin.header("If-Match", "\"1\"")
                .send("PATCH", ALL + "/" + id, customer.fill("{\"target\": {\"bucket\": \"${bucket}\"}}"));

        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(codes(edited.json())).isEmpty();
        assertThat(codes(edited.json().path("validation"))).isEmpty();
        assertThat(LocalAws.adviceEvents(id)).hasSize(2);
    }

    private static Customer versioned() {
        Customer customer = Customer.healthy();
        versioning(customer, BucketVersioningStatus.ENABLED);
        return customer;
    }

    private static Customer kms(boolean bucketKey) {
        Customer customer = new Customer().withBucket().withKey();
        versioning(customer, BucketVersioningStatus.ENABLED);
        encrypted(customer, bucketKey);
        return customer.withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
    }

    private static void versioning(Customer customer, BucketVersioningStatus status) {
        Account.CUSTOMER
                .s3("us-east-1")
                .putBucketVersioning(request ->
                        request.bucket(customer.name("bucket")).versioningConfiguration(v -> v.status(status)));
    }

    private static void encrypted(Customer customer, boolean bucketKey) {
        Account.CUSTOMER
                .s3("us-east-1")
                .putBucketEncryption(request -> request.bucket(customer.name("bucket"))
                        .serverSideEncryptionConfiguration(all -> all.rules(rule -> rule.bucketKeyEnabled(bucketKey)
                                .applyServerSideEncryptionByDefault(by -> by.sseAlgorithm(ServerSideEncryption.AWS_KMS)
                                        .kmsMasterKeyID(customer.name("keyArn"))))));
    }

    private void expiring(Customer customer, String name, String prefix, int days) {
        s3.putBucketLifecycleConfiguration(request -> request.bucket(customer.name("bucket"))
                .lifecycleConfiguration(all -> all.rules(rule -> rule.id(name)
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix(prefix))
                        .expiration(expiration -> expiration.days(days)))));
    }

    /** @param keys what the statement is about; empty: the bucket itself */
    private void open(Customer customer, String action, String keys) {
        String bucket = customer.name("bucket");
        s3.deletePublicAccessBlock(request -> request.bucket(bucket));
        String resource = "arn:aws:s3:::" + bucket + (keys.isEmpty() ? "" : "/" + keys);
        customer.withBucketPolicy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                 "Action": "%s", "Resource": "%s"}]}""".formatted(action, resource));
    }

    private static List<String> unsigned(Customer customer, long since) {
        return LocalAws.calls(since, Map.of("bucket", customer.name("bucket"))).stream()
                .filter(LocalAws.Call::isUnsigned)
                .map(LocalAws.Call::operation)
                .toList();
    }

    private JsonNode draft(Customer customer) {
        return ok(200, admin.post("/v1/validations", body(customer)));
    }

    private String created(Customer customer) {
        return ok(201, admin.post(ALL, body(customer))).path("id").asText();
    }

    private JsonNode validated(String id) {
        return ok(200, admin.post(ALL + "/" + id + "/validations", null));
    }

    private JsonNode read(String id) {
        return ok(200, admin.get(ALL + "/" + id));
    }

    private static String body(Customer customer) {
        return customer.fill("""
                {"type": "S3", "name": "Plant ${run}",
                 "target": {"region": "us-east-1", "bucket": "${bucket}", "prefix": "plant-7/"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""");
    }

    private static JsonNode ok(int status, Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    private static List<String> codes(JsonNode advised) {
        return StreamSupport.stream(advised.path("advice").spliterator(), false)
                .map(advice -> advice.path("code").asText())
                .toList();
    }
}
