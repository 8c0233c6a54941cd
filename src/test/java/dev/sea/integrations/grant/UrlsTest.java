package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.grant.Recorder.Granted;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What the holder of a URL can do, and what not. */
@QuarkusTest
class UrlsTest {
    private static final byte[] CONTENT = "a recording".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};
    private static final Pattern SIGNED = Pattern.compile("X-Amz-SignedHeaders=([^&]+)");

    private static Monitored integration;
    private static Recorder recorder;

    @Inject
    TestClock clock;

    @BeforeAll
    static void setUp() {
        integration = Monitored.active(Customer.healthy());
        recorder = new Recorder(integration);
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026/11/28/9f2c.mp4", "Aufnahme ü %2e + & ? #=.mp4", "a//b/", "\uD83C\uDFA5", "~'()*!$"})
    void aRecordingIsStoredOnceAndPlayed(String key) {
        Granted grant = recorder.toStore(key, CONTENT);

        assertThat(grant.send(CONTENT).statusCode()).isEqualTo(200);
        HeadObjectResponse stored = head(key);
        assertThat(stored.contentLength()).isEqualTo(CONTENT.length);
        assertThat(stored.contentType()).isEqualTo("video/mp4");
        assertThat(grant.send(CONTENT).statusCode()).as("a second time").isEqualTo(412);
        assertThat(recorder.toPlay(key).send().body()).isEqualTo(CONTENT);
        HttpResponse<byte[]> part =
                recorder.toPlay(key).header("Range", "bytes=2-10").send();
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("recording".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEmptyRecordingIsOneToo() {
        assertThat(recorder.toStore("empty", NOTHING).send(NOTHING).statusCode())
                .isEqualTo(200);
        assertThat(recorder.toPlay("empty").send().body()).isEmpty();
    }

    @Test
    void theHeadersAnsweredAreAllThatAreSignedAndNoOthers() {
        Granted store = recorder.toStore("headers", CONTENT);
        Granted play = recorder.toPlay("headers");

        assertThat(store.headers())
                .containsOnlyKeys(
                        "content-length",
                        "content-type",
                        "if-none-match",
                        "x-amz-checksum-sha256",
                        "x-amz-expected-bucket-owner")
                .containsEntry("content-length", "11")
                .containsEntry("if-none-match", "*")
                .containsEntry("x-amz-expected-bucket-owner", Account.CUSTOMER.id());
        assertThat(signed(store)).containsExactlyInAnyOrderElementsOf(withHost(store));
        assertThat(play.headers()).isEmpty();
        assertThat(signed(play)).containsExactly("host");
        assertThat(play.url()).contains("x-amz-expected-bucket-owner=" + Account.CUSTOMER.id());
    }

    private static List<String> signed(Granted grant) {
        Matcher found = SIGNED.matcher(grant.url());
        assertThat(found.find()).isTrue();
        return Arrays.asList(found.group(1).split("%3B"));
    }

    private static List<String> withHost(Granted grant) {
        List<String> names = new ArrayList<>(grant.headers().keySet());
        names.add("host");
        return names;
    }

    static Stream<Arguments> misuses() {
        return Stream.of(
                misuse("another key", grant -> grant.url("/once.mp4", "/other.mp4"), CONTENT, 403),
                misuse("a key with more", grant -> grant.url("/once.mp4", "/once.mp4x"), CONTENT, 403),
                misuse("another bucket", grant -> grant.url("/bucket-", "/bucket-x"), CONTENT, 403, 404),
                misuse("reading", grant -> grant.method("GET"), NOTHING, 403),
                misuse("deleting", grant -> grant.method("DELETE"), NOTHING, 403),
                misuse("more bytes", grant -> grant, "a recording!".getBytes(StandardCharsets.UTF_8), 403),
                misuse("fewer bytes", grant -> grant, NOTHING, 403),
                misuse("other bytes", grant -> grant, "A RECORDING".getBytes(StandardCharsets.UTF_8), 400),
                misuse("another type", grant -> grant.header("content-type", "text/html"), CONTENT, 403),
                misuse("overwriting", grant -> grant.without("if-none-match"), CONTENT, 403),
                misuse("no checksum", grant -> grant.without("x-amz-checksum-sha256"), CONTENT, 403),
                misuse("any owner", grant -> grant.without("x-amz-expected-bucket-owner"), CONTENT, 403),
                misuse("tags", grant -> grant.header("x-amz-tagging", "a=b"), CONTENT, 403),
                misuse("an ACL", grant -> grant.header("x-amz-acl", "public-read"), CONTENT, 403),
                misuse("longer", grant -> grant.url("X-Amz-Expires=300", "X-Amz-Expires=3000"), CONTENT, 403));
    }

    private static Arguments misuse(String what, UnaryOperator<Granted> change, byte[] content, Integer... statuses) {
        return Arguments.of(what, change, content, List.of(statuses));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misuses")
    void aUrlAllowsOneRequestAndNoOther(
            String what, UnaryOperator<Granted> change, byte[] content, List<Integer> statuses) {
        Granted grant = change.apply(recorder.toStore(what.replace(' ', '-') + "/once.mp4", CONTENT));

        assertThat(statuses).contains(grant.send(content).statusCode());
        assertThat(keys(what.replace(' ', '-') + "/")).isEmpty();
    }

    @Test
    void whatIsThereIsNotOverwritten() {
        recorder.toStore("there", CONTENT).send(CONTENT);
        byte[] other = "another one".getBytes(StandardCharsets.UTF_8);

        assertThat(recorder.toStore("there", other).send(other).statusCode()).isEqualTo(412);
        assertThat(recorder.toPlay("there").send().body()).isEqualTo(CONTENT);
    }

    @Test
    void aUrlToPlayNeitherStoresNorPlaysAnythingElse() {
        recorder.toStore("played", CONTENT).send(CONTENT);
        recorder.toStore("other", CONTENT).send(CONTENT);

        assertThat(recorder.toPlay("played").url("/played", "/other").send().statusCode())
                .isEqualTo(403);
        assertThat(recorder.toPlay("played").method("PUT").send(CONTENT).statusCode())
                .isEqualTo(403);
        assertThat(recorder.toPlay("played").url("/played", "/").send().statusCode())
                .isEqualTo(403);
        assertThat(recorder.toPlay("played")
                        .url("x-amz-expected-bucket-owner=" + Account.CUSTOMER.id() + "&", "")
                        .send()
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aBucketOfAnotherOwnerGetsNothing() {
        Monitored elsewhere = Monitored.active(Customer.healthy());
        elsewhere.overwrite("expectedBucketOwner", AttributeValue.fromS(Account.OTHER.id()));
        Recorder other = new Recorder(elsewhere);

        assertThat(other.toStore("a", CONTENT).send(CONTENT).statusCode()).isEqualTo(403);
        assertThat(other.toPlay("a").send().statusCode()).isEqualTo(403);
        assertThat(Account.CUSTOMER
                        .s3("us-east-1")
                        .listObjectsV2(
                                request -> request.bucket(elsewhere.customer().name("bucket"))
                                        .prefix("a"))
                        .contents())
                .isEmpty();
    }

    @Test
    void afterItsTimeAUrlIsWorthNothing() {
        clock.advance(Duration.ofMinutes(-2));
        JsonNode grant = recorder.granted(Recorder.recording("late", CONTENT).put("expiresInSeconds", 60));

        assertThat(Instant.parse(grant.path("expiresAt").asText())).isBefore(Instant.now());
        HttpResponse<byte[]> answer = new Granted(grant).send(CONTENT);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("Request has expired");
    }

    @Test
    void afterItsSessionAUrlIsWorthNothing() {
        Monitored ended = Monitored.active(Customer.healthy());
        Granted store = new Recorder(ended).toStore("a", CONTENT);
        Granted play = new Recorder(ended).toPlay("a");
        LocalAws.expireSessions(ended.customer().name("roleArn"));

        assertThat(store.send(CONTENT).statusCode()).isBetween(400, 403);
        assertThat(play.send().statusCode()).isBetween(400, 403);
    }

    /** As when the customer deletes the role and makes it anew. */
    @Test
    void aRecorderThatIsRefusedGetsAnotherSessionWithItsNextGrant() {
        Monitored ended = Monitored.active(Customer.healthy());
        Recorder itsRecorder = new Recorder(ended);
        JsonNode first = itsRecorder.granted(Recorder.recording("2026/a.mp4", CONTENT));
        LocalAws.expireSessions(ended.customer().name("roleArn"));
        HttpResponse<byte[]> refused = new Granted(first).send(CONTENT);
        assertThat(refused.statusCode()).isIn(400, 403);
        assertThat(itsRecorder.toStore("2026/b.mp4", CONTENT).send(CONTENT).statusCode())
                .as("nobody knows yet")
                .isEqualTo(refused.statusCode());

        Gateway.Answer told = Gateway.workflow(ended.tenant())
                .post(ended.path() + "/grants/" + first.path("id").asText() + "/outcome", """
                        {"result": "FAILED", "httpStatus": %d, "errorCode": "ExpiredToken"}""".formatted(
                                refused.statusCode()));

        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(itsRecorder.toStore("2026/c.mp4", CONTENT).send(CONTENT).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aUrlEndsWithItsSessionAtTheLatest() {
        Monitored opened = Monitored.active(Customer.healthy());
        Recorder other = new Recorder(opened);
        Instant before = clock.instant();
        other.toPlay("a");
        Instant after = clock.instant();
        clock.advance(Duration.ofMinutes(20));

        JsonNode grant = other.granted(Recorder.playback("a").put("expiresInSeconds", 3600));
        assertThat(Instant.parse(grant.path("expiresAt").asText()))
                .isBetween(before.plusSeconds(3595), after.plusSeconds(3600));
    }

    @Test
    void aPlayerGetsTheNameAndTypeThatTheGrantNames() {
        recorder.toStore("named", CONTENT).send(CONTENT);
        HttpResponse<byte[]> answer = new Granted(recorder.granted(Recorder.playback("named")
                        .put("fileName", "Straße 7.mp4")
                        .put("contentType", "application/octet-stream")))
                .send();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"Stra_e 7.mp4\"; filename*=UTF-8''Stra%C3%9Fe%207.mp4");
    }

    @Test
    void anUploadNamesTheTargetsKey() {
        Customer customer = new Customer().withBucket().withKey();
        customer.withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        Monitored encrypted = Monitored.active(customer);
        encrypted.overwrite("kmsKeyArn", AttributeValue.fromS(customer.name("keyArn")));
        Recorder other = new Recorder(encrypted);

        Granted grant = other.toStore("a", CONTENT);
        assertThat(grant.headers())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", customer.name("keyArn"));
        assertThat(grant.send(CONTENT).statusCode()).isEqualTo(200);
        assertThat(Account.CUSTOMER
                        .s3("us-east-1")
                        .headObject(request ->
                                request.bucket(customer.name("bucket")).key("a"))
                        .ssekmsKeyId())
                .isEqualTo(customer.name("keyArn"));
        assertThat(other.toPlay("a").send().body()).isEqualTo(CONTENT);
    }

    @Test
    void objectsLieBelowTheIntegrationsPrefix() {
        Monitored prefixed = Monitored.active(Customer.healthy());
        prefixed.overwrite("prefix", AttributeValue.fromS("plant-7/"));
        new Recorder(prefixed).toStore("a", CONTENT).send(CONTENT);

        assertThat(Account.CUSTOMER
                        .s3("us-east-1")
                        .listObjectsV2(
                                request -> request.bucket(prefixed.customer().name("bucket"))
                                        .prefix("plant-7/"))
                        .contents())
                .singleElement()
                .satisfies(object -> assertThat(object.key()).isEqualTo("plant-7/a"));
    }

    private static HeadObjectResponse head(String key) {
        return Account.CUSTOMER
                .s3("us-east-1")
                .headObject(request ->
                        request.bucket(integration.customer().name("bucket")).key(key));
    }

    private static List<String> keys(String prefix) {
        return Account.CUSTOMER
                .s3("us-east-1")
                .listObjectsV2(request ->
                        request.bucket(integration.customer().name("bucket")).prefix(prefix))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }
}
