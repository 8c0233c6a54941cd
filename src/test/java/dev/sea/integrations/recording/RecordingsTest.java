package dev.sea.integrations.recording;

import static dev.sea.integrations.testing.Gateway.errors;
import static dev.sea.integrations.testing.LocalAws.callsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.Sha256;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.LogLines;
import dev.sea.integrations.testing.Monitored;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** What SEA's workflows learn of the recordings in a customer's bucket. */
@QuarkusTest
class RecordingsTest {
    private static final String CONTENT = "a recording";
    private static final int FOR_GOOD = 1000;

    @Test
    void recordingsAreListedInPagesByTheirKeysBelowThePrefix() {
        Monitored integration = below("plant-7/");
        store(integration, "plant-7/2026/a.mp4", "plant-7/2026/b.mp4", "plant-7/2027/c.mp4", "plant-70/d.mp4");

        JsonNode first = listed(integration, "?limit=2");
        assertThat(keys(first)).containsExactly("2026/a.mp4", "2026/b.mp4");
        assertThat(first.path("items").path(0).path("size").asLong()).isEqualTo(CONTENT.length());
        assertThat(first.path("items").path(0).path("lastModified").asText()).matches("20.*\\.\\d{3}Z");
        JsonNode second = listed(
                integration, "?limit=2&cursor=" + first.path("nextCursor").asText());
        assertThat(keys(second)).containsExactly("2027/c.mp4");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(keys(listed(integration, "?prefix=2026/b"))).containsExactly("2026/b.mp4");
        assertThat(keys(listed(integration, "?prefix=2028/"))).isEmpty();
    }

    /** Neither the object of validations, nor any other that no grant could name. */
    @Test
    void whatNoGrantTakesIsNotListed() {
        Monitored integration = below("plant-7/");
        store(integration, "plant-7/", "plant-7/.sea-validation", "plant-7//a", "plant-7/x/../b", "plant-7/c");

        JsonNode short1 = listed(integration, "?limit=1");
        assertThat(keys(short1)).isEmpty();
        assertThat(short1.path("nextCursor").isTextual()).isTrue();
        assertThat(keys(listed(integration, ""))).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b+c&d=e%20f.mp4",
                "<x>\"y'&amp;.mp4",
                "Übergröße/ш/録画/🎬.mp4",
                "a//b///c",
                "tilde~star*question?hash#.mp4",
                "back\\slash|pipe`tick^{}[].mp4"
            })
    void anyKeyOfAGrantIsListedAndDescribed(String key) {
        Monitored integration = below("plant 7+/");
        store(integration, "plant 7+/" + key);

        assertThat(keys(listed(integration, ""))).containsExactly(key);
        assertThat(keys(listed(integration, "?prefix=" + encoded(key)))).containsExactly(key);
        assertThat(described(integration, key).path("key").asText()).isEqualTo(key);
    }

    /** As long as S3 allows, and each byte of it takes three characters on the way. */
    @Test
    void aPageOfTheLongestKeysIsReadWhole() {
        Monitored integration = Monitored.active(Customer.healthy());
        String[] keys = new String[100];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "録".repeat(340) + "%04d".formatted(i);
        }
        store(integration, keys);

        assertThat(keys(listed(integration, "?limit=100&prefix=" + encoded("録"))))
                .containsExactly(keys);
    }

    @Test
    void aRecordingIsDescribedByWhatS3KnowsOfIt() {
        Monitored integration = below("plant-7/");
        Account.CUSTOMER
                .s3("us-east-1")
                .putObject(
                        request -> request.bucket(integration.customer().name("bucket"))
                                .key("plant-7/a.mp4")
                                .contentType("video/mp4")
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                .tagging("session=9f2c&line=7"),
                        RequestBody.fromString(CONTENT));

        JsonNode metadata = described(integration, "a.mp4");
        assertThat(metadata.path("targetRevision").asInt()).isEqualTo(1);
        assertThat(metadata.path("size").asLong()).isEqualTo(CONTENT.length());
        assertThat(metadata.path("contentType").asText()).isEqualTo("video/mp4");
        assertThat(metadata.at("/checksum/sha256").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(Sha256.bytes(CONTENT)));
        assertThat(metadata.at("/checksum/type").asText()).isEqualTo("FULL_OBJECT");
        assertThat(metadata.at("/encryption/algorithm").asText()).isEqualTo("AES256");
        assertThat(metadata.path("storageClass").asText()).isEqualTo("STANDARD");
        assertThat(metadata.path("tags")).hasSize(2);
        assertThat(metadata.at("/tags/session").asText()).isEqualTo("9f2c");
        assertThat(metadata.has("versionId")).isFalse();
        assertThat(metadata.has("expiry")).isFalse();
    }

    @Test
    void aKeyOfKmsAndAVersionAreToldToo() {
        Customer customer = new Customer()
                .withBucket()
                .withKey()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        Monitored integration = Monitored.active(customer);
        Account.CUSTOMER
                .s3("us-east-1")
                .putBucketVersioning(request -> request.bucket(customer.name("bucket"))
                        .versioningConfiguration(versioning -> versioning.status("Enabled")));
        store(integration, "a.mp4");

        JsonNode metadata = described(integration, "a.mp4");
        assertThat(metadata.at("/encryption/algorithm").asText()).isEqualTo("aws:kms");
        assertThat(metadata.at("/encryption/kmsKeyArn").asText()).isEqualTo(customer.name("keyArn"));
        assertThat(metadata.path("versionId").asText()).isNotEmpty();
    }

    @Test
    void whoMayNotReadTagsGetsTheRest() {
        Customer customer = Customer.healthy();
        Monitored integration = Monitored.active(customer);
        store(integration, "a.mp4");
        customer.withPermissions(Customer.PERMISSIONS.replace("\"s3:GetObjectTagging\", ", ""));

        JsonNode metadata = described(integration, "a.mp4");
        assertThat(metadata.path("size").asLong()).isEqualTo(CONTENT.length());
        assertThat(metadata.has("tags")).isFalse();
    }

    @Test
    void withoutSessionMetadataNobodyAsksForTags() {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a.mp4");
        integration.overwrite("sessionMetadata", AttributeValue.fromBool(false));
        long since = System.currentTimeMillis();

        assertThat(described(integration, "a.mp4").has("tags")).isFalse();
        assertThat(integration.calls(since, "GetObjectTagging")).isEmpty();
    }

    @Test
    void whatIsNotThereIsToldWhateverTheCustomersPolicySaysOfPrefixes() {
        Customer customer = Customer.healthy();
        Monitored integration = below(customer, "plant-7/");
        assertThatItIs(describe(integration, "missing.mp4"), 404, "not-found");
        customer.withPermissions("""
                {"Version": "2012-10-17", "Statement": [
                 {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${bucket}/*"},
                 {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${bucket}",
                  "Condition": {"StringLike": {"s3:prefix": "plant-7/*"}}}]}""");
        integration.overwrite("version", AttributeValue.fromN("3"));

        Gateway.Answer answer = describe(integration, "missing.mp4");
        assertThatItIs(answer, 404, "not-found");
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("There is no object with this key in the integration's bucket.");
    }

    @Test
    void aDenialNamesTheCheckThatFindsItsCause() {
        Customer customer = Customer.healthy();
        Monitored integration = Monitored.active(customer);
        store(integration, "a.mp4");
        customer.withPermissions(Customer.PERMISSIONS.replace("\"s3:ListBucket\", ", ""));
        assertThatItIsRefused(list(integration, ""), "list");
        assertThatItIsRefused(describe(integration, "missing.mp4"), "list", "get");
        customer.withPermissions(Customer.PERMISSIONS.replace("\"s3:GetObject\", ", ""));
        assertThatItIsRefused(describe(integration, "a.mp4"), "get");
        customer.withPermissions(Customer.PERMISSIONS);
        assertThat(keys(listed(integration, ""))).containsExactly("a.mp4");
    }

    @Test
    void aBucketThatIsGoneIsNotTakenForAnEmptyOne() {
        Customer customer = Customer.healthy();
        Monitored integration = Monitored.active(customer);
        Account.CUSTOMER
                .s3("us-east-1")
                .deleteObject(request -> request.bucket(customer.name("bucket")).key(".sea-validation"));
        Account.CUSTOMER.s3("us-east-1").deleteBucket(request -> request.bucket(customer.name("bucket")));

        assertThatItIsRefused(list(integration, ""), "bucket");
        assertThatItIsRefused(describe(integration, "a.mp4"), "bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "throttle, ListObjectsV2",
        "500, ListObjectsV2",
        "503, ListObjectsV2",
        "reset, ListObjectsV2",
        "truncate, ListObjectsV2",
        "html, ListObjectsV2",
        "empty, ListObjectsV2",
        "no-http, ListObjectsV2",
        "throttle, HeadObject",
        "500, HeadObject",
        "503, HeadObject",
        "reset, HeadObject",
        "no-http, HeadObject"
    })
    void whatTellsNothingIsToBeTriedAgain(String kind, String operation) {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a.mp4");
        Map<String, String> bucket = Map.of("bucket", integration.customer().name("bucket"));
        try (var _ = LocalAws.fault(kind, "s3", operation, bucket, FOR_GOOD)) {
            Gateway.Answer answer =
                    operation.equals("HeadObject") ? describe(integration, "a.mp4") : list(integration, "");
            assertThatItIs(answer, 503, "unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("2");
        }
        assertThat(keys(listed(integration, ""))).containsExactly("a.mp4");
    }

    @Test
    void slowTagsLeaveTheRest() {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a.mp4");
        Map<String, String> bucket = Map.of("bucket", integration.customer().name("bucket"));
        try (var _ = LocalAws.fault("500", "s3", "GetObjectTagging", bucket, FOR_GOOD)) {
            assertThat(described(integration, "a.mp4").has("tags")).isFalse();
        }
    }

    @Test
    void eachLooksWithASessionOfItsOwnThatIsKept() {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a.mp4");

        assertThat(callsOf(() -> listed(integration, "")))
                .containsExactly("GetItem", "GetItem", "AssumeRole", "ListObjectsV2");
        assertThat(callsOf(() -> listed(integration, ""))).containsExactly("GetItem", "ListObjectsV2");
        assertThat(callsOf(() -> described(integration, "a.mp4")))
                .containsExactly("GetItem", "GetItem", "AssumeRole", "HeadObject", "GetObjectTagging");
        assertThat(callsOf(() -> described(integration, "a.mp4")))
                .containsExactly("GetItem", "HeadObject", "GetObjectTagging");
    }

    @Test
    void aSessionThatAwsAcceptsNoLongerIsReplaced() {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a.mp4");
        listed(integration, "");
        LocalAws.expireSessions(integration.customer().name("roleArn"));

        assertThat(callsOf(() -> listed(integration, "")))
                .containsExactly("GetItem", "ListObjectsV2", "GetItem", "AssumeRole", "ListObjectsV2");
    }

    /** S3's answer to a HEAD names no error. */
    @Test
    void aSessionThatAwsAcceptsNoLongerIsReplacedForOneObjectToo() {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a.mp4");
        described(integration, "a.mp4");
        LocalAws.expireSessions(integration.customer().name("roleArn"));

        assertThat(callsOf(() -> described(integration, "a.mp4")))
                .containsSubsequence("GetItem", "HeadObject", "GetItem", "AssumeRole", "HeadObject");
    }

    @Test
    void aStoredKeyLooksToo() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        Monitored integration = Monitored.activeWithKeys(customer);
        store(integration, "a.mp4");

        assertThat(keys(listed(integration, ""))).containsExactly("a.mp4");
        assertThat(described(integration, "a.mp4").path("size").asLong()).isEqualTo(CONTENT.length());
        customer.withKeyStatus("inactive");
        assertThatItIsRefused(list(integration, ""), "credentials");
    }

    @Test
    void onlyAnActiveIntegrationIsLookedAt() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.admin().post(integration.path() + "/deactivate", null);
        long since = System.currentTimeMillis();

        assertThatItIs(list(integration, ""), 409, "not-active");
        assertThatItIs(describe(integration, "a.mp4"), 409, "not-active");
        assertThat(integration.calls(since, "ListObjectsV2")).isEmpty();
    }

    @Test
    void anExternalIdThatAnotherTenantHoldsIsNotUsed() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.claimedBy("another");
        long since = System.currentTimeMillis();

        assertThatItIs(list(integration, ""), 409, "external-id-refused");
        assertThatItIs(describe(integration, "a.mp4"), 409, "external-id-refused");
        assertThat(LocalAws.calls(since, Map.of("operation", "AssumeRole"))).isEmpty();
    }

    @Test
    void aCursorIsForTheOneListThatGaveIt() {
        Monitored integration = Monitored.active(Customer.healthy());
        Monitored other = Monitored.active(Customer.healthy());
        store(integration, "a", "b", "c");
        store(other, "a", "b", "c");
        // The first object is that of validations.
        String cursor = listed(integration, "?limit=2").path("nextCursor").asText();

        for (Gateway.Answer answer : List.of(
                list(integration, "?limit=1&prefix=a&cursor=" + cursor),
                list(other, "?limit=1&cursor=" + cursor),
                list(integration, "?limit=1&cursor=" + cursor.substring(1)),
                list(integration, "?cursor=x"))) {
            assertThat(errors(answer)).containsExactly("cursor CURSOR");
        }
        assertThat(keys(listed(integration, "?limit=2&cursor=" + cursor))).containsExactly("b", "c");
    }

    /** S3 itself may refuse a token that it gave long ago. */
    @Test
    void aCursorThatS3RefusesIsNoOutage() {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a", "b");
        String cursor = listed(integration, "?limit=1").path("nextCursor").asText();
        Map<String, String> bucket = Map.of("bucket", integration.customer().name("bucket"));

        try (var _ = LocalAws.error(400, "InvalidArgument", "s3", "ListObjectsV2", bucket, 1)) {
            assertThat(errors(list(integration, "?cursor=" + cursor))).containsExactly("cursor CURSOR");
        }
        try (var _ = LocalAws.error(400, "InvalidArgument", "s3", "ListObjectsV2", bucket, 1)) {
            assertThatItIs(list(integration, ""), 503, "unavailable");
        }
    }

    @Test
    void aFormerTargetIsLookedAtByItsRevision() {
        Customer customer = Customer.healthy();
        Monitored integration = Monitored.active(customer);
        store(integration, "a.mp4", "plant-7/b.mp4");
        String cursor = listed(integration, "?limit=1").path("nextCursor").asText();
        Gateway.Answer edited = integration
                .admin()
                .header("If-Match", "\"2\"")
                .send("PATCH", integration.path(), "{\"target\": {\"prefix\": \"plant-7\"}}");
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);

        assertThat(keys(listed(integration, ""))).containsExactly("b.mp4");
        assertThat(keys(listed(integration, "?targetRevision=1"))).containsExactly("a.mp4", "plant-7/b.mp4");
        assertThat(keys(listed(integration, "?targetRevision=1&cursor=" + cursor)))
                .containsExactly("a.mp4", "plant-7/b.mp4");
        assertThat(errors(list(integration, "?cursor=" + cursor))).containsExactly("cursor CURSOR");
        assertThat(Gateway.workflow(integration.tenant())
                        .get(integration.path() + "/recordings/metadata?key=a.mp4&targetRevision=1")
                        .json()
                        .path("targetRevision")
                        .asInt())
                .isEqualTo(1);
        assertThatItIs(describe(integration, "a.mp4"), 404, "not-found");
        assertThat(errors(list(integration, "?targetRevision=3"))).containsExactly("targetRevision NO_SUCH_TARGET");
    }

    @Test
    void parametersAreReadAsStrictlyAsBodies() {
        Monitored integration = below("plant-7/");

        assertThat(errors(list(integration, "?limit=101"))).containsExactly("limit LIMIT");
        assertThat(errors(list(integration, "?targetRevision=0"))).containsExactly("targetRevision TARGET_REVISION");
        assertThat(errors(list(integration, "?targetRevision=1e1"))).containsExactly("targetRevision TARGET_REVISION");
        assertThat(errors(list(integration, "?prefix=a%00"))).containsExactly("prefix PREFIX_CONTROL_CHARACTER");
        assertThat(errors(list(integration, "?prefix=" + "k".repeat(1017)))).containsExactly("prefix PREFIX_LENGTH");
        assertThat(list(integration, "?prefix=" + "k".repeat(1016)).status()).isEqualTo(200);
        assertThat(errors(Gateway.workflow(integration.tenant()).get(integration.path() + "/recordings/metadata")))
                .containsExactly("key REQUIRED");
        assertThat(errors(describe(integration, ".sea-validation"))).containsExactly("key KEY_OF_VALIDATIONS");
        assertThat(errors(describe(integration, "a/../b"))).containsExactly("key KEY_DOT_SEGMENT");
        assertThat(errors(describe(integration, "k".repeat(1017)))).containsExactly("key KEY_LENGTH");
    }

    @Test
    void eachLookIsOneLineOfTheAuditLog() {
        Monitored integration = Monitored.active(Customer.healthy());
        store(integration, "a b/ü.mp4");
        try (LogLines audit = LogLines.of("audit")) {
            listed(integration, "?prefix=" + encoded("a b"));
            described(integration, "a b/ü.mp4");
            describe(integration, "missing");

            String who = " tenant=" + integration.tenant()
                    + " subject=recorder-7 ip=198.51.100.7 request=request-[0-9a-f-]+";
            assertThat(audit.lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches(
                                            "list-recordings " + integration.id() + who + " prefix=a\\+b outcome=done"),
                            line -> assertThat(line)
                                    .matches("describe-recording " + integration.id() + who
                                            + " key=a\\+b%2F%C3%BC.mp4 outcome=done"),
                            line -> assertThat(line)
                                    .matches("describe-recording " + integration.id() + who
                                            + " key=missing outcome=NoSuchRecording"));
        }
    }

    private static Monitored below(String prefix) {
        return below(Customer.healthy(), prefix);
    }

    private static Monitored below(Customer customer, String prefix) {
        Monitored integration = Monitored.active(customer);
        integration.overwrite("prefix", AttributeValue.fromS(prefix));
        return integration;
    }

    private static void store(Monitored integration, String... keys) {
        for (String key : keys) {
            Account.CUSTOMER
                    .s3("us-east-1")
                    .putObject(
                            request -> request.bucket(integration.customer().name("bucket"))
                                    .key(key),
                            RequestBody.fromString(CONTENT));
        }
    }

    private static Gateway.Answer list(Monitored integration, String query) {
        return Gateway.workflow(integration.tenant()).get(integration.path() + "/recordings" + query);
    }

    private static JsonNode listed(Monitored integration, String query) {
        Gateway.Answer answer = list(integration, query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Gateway.Answer describe(Monitored integration, String key) {
        return Gateway.workflow(integration.tenant())
                .get(integration.path() + "/recordings/metadata?key=" + encoded(key));
    }

    private static JsonNode described(Monitored integration, String key) {
        Gateway.Answer answer = describe(integration, key);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> keys(JsonNode page) {
        List<String> keys = new ArrayList<>();
        page.path("items").forEach(item -> keys.add(item.path("key").asText()));
        return keys;
    }

    private static void assertThatItIs(Gateway.Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:" + type);
        assertThat(answer.text()).doesNotContain("Exception");
    }

    private static void assertThatItIsRefused(Gateway.Answer answer, String... checks) {
        assertThatItIs(answer, 409, "purpose-unavailable");
        List<String> named = new ArrayList<>();
        answer.json().path("checks").forEach(check -> named.add(check.asText()));
        assertThat(named).containsExactly(checks);
    }
}
