package dev.sea.integrations.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong with a body that holds a secret access key: neither an answer nor a log line shows it. */
@QuarkusTest
class SecretsStaySecretTest {
    private static final String ALL = "/v1/integrations";
    private static final String STORE_ONLY = ALL + "?validate=false";
    private static final String SHOWN = Drafts.SECRET.substring(0, 12);
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private LogLines log;

    @BeforeEach
    void listen() {
        log = LogLines.ofAll();
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void whenItIsStoredAndUsed() {
        Gateway.Answer created = admin.post(ALL, Drafts.keys().toString());
        String path = created.header("Location");

        assertThatNothingShows(201, created);
        assertThatNothingShows(200, admin.get(path));
        assertThatNothingShows(200, admin.get(ALL));
        assertThatNothingShows(200, admin.post(path + "/validations", null));
        assertThatNothingShows(409, admin.post(path + "/activate", null));
        assertThatNothingShows(409, admin.post(STORE_ONLY, Drafts.keys().toString()));
        assertThatNothingShows(200, admin.post("/v1/validations", Drafts.keys().toString()));
    }

    @Test
    void whenItIsWrong() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        Drafts draft = Drafts.keys().setText("/access/accessKeyId", customer.name("accessKeyId"));

        assertThatNothingShows(200, admin.post("/v1/validations", draft.toString()));
    }

    @Test
    void whenTheBodyIsRefused() {
        String body = Drafts.keys().toString();
        assertThatNothingShows(400, admin.post(ALL, body.replace(Drafts.SECRET, Drafts.SECRET + "\\n")));
        assertThatNothingShows(400, admin.post(ALL, body.replace(Drafts.SECRET, Drafts.SECRET.repeat(4))));
        assertThatNothingShows(400, admin.post(ALL, body.replace(Drafts.SECRET, Drafts.SECRET + "\n")));
        assertThatNothingShows(400, admin.post(ALL, body.replace("\"" + Drafts.SECRET + "\"", Drafts.SECRET)));
        assertThatNothingShows(400, admin.post(ALL, body.substring(0, body.indexOf(Drafts.SECRET) + 20)));
        assertThatNothingShows(400, admin.post(ALL, body + Drafts.SECRET));
        assertThatNothingShows(
                400,
                admin.post(
                        ALL,
                        Drafts.keys()
                                .set("/access", "\"" + Drafts.SECRET + "\"")
                                .toString()));
        assertThatNothingShows(
                400,
                admin.post(
                        ALL,
                        Drafts.keys().setText("/access/password", Drafts.SECRET).toString()));
        assertThatNothingShows(
                400,
                admin.post(
                        ALL,
                        Drafts.keys()
                                .setText("/access/accessKeyId", Drafts.SECRET)
                                .toString()));
        assertThatNothingShows(
                400,
                admin.post(
                        ALL,
                        Drafts.keys()
                                .set("/access/secretAccessKey", "{\"value\": \"" + Drafts.SECRET + "\"}")
                                .toString()));
        assertThatNothingShows(415, admin.header("content-type", "text/plain").post(ALL, body));
    }

    @Test
    void whenStorageFails() {
        String body = Drafts.keys().toString();
        try (var _ = LocalAws.faultOnBody("500", "dynamodb", "TransactWriteItems", tenant, 1000)) {
            assertThatNothingShows(503, admin.post(STORE_ONLY, body));
        }
        try (var _ = LocalAws.faultOnBody("500", "secretsmanager", "CreateSecret", tenant, 1000)) {
            assertThatNothingShows(503, admin.post(STORE_ONLY, body));
        }
        try (var _ = LocalAws.faultOnBody("html", "secretsmanager", "CreateSecret", tenant, 1000)) {
            assertThat(admin.post(STORE_ONLY, body).text()).doesNotContain(SHOWN);
        }
        String path = admin.post(STORE_ONLY, body).header("Location");
        try (var _ = LocalAws.faultOnBody("truncate", "secretsmanager", "GetSecretValue", tenant, 1000)) {
            assertThat(admin.post(path + "/validations", null).text()).doesNotContain(SHOWN);
        }
        assertThat(log.text()).isNotBlank().doesNotContain(SHOWN);
    }

    /** The JDK's own exceptions name the URL. SecretsWatch looks at every line, the SDK's of each request too. */
    @ParameterizedTest
    @ValueSource(strings = {"throttle", "500", "reset", "no-http", "truncate", "html", "empty", "huge"})
    void whenAPresignedUrlFails(String kind) {
        Customer customer = Customer.healthy();
        Map<String, String> byUrl = Map.of("bucket", customer.name("bucket"), "authType", "REST-QUERY-STRING");
        Logger requests = Logger.getLogger("software.amazon.awssdk.request");
        Level usual = requests.getLevel();
        requests.setLevel(Level.FINE);
        Gateway.Answer answer;
        try (var _ = LocalAws.fault(kind, "s3", "GetObject", byUrl, 20)) {
            answer = admin.post("/v1/validations", Drafts.of(customer, kind).toString());
        } finally {
            requests.setLevel(usual);
        }

        assertThat(answer.json().path("status").asText()).as(answer.text()).isEqualTo("HEALTHY");
        assertThat(answer.text()).contains("\"id\":\"presigned\"").doesNotContain("X-Amz-");
        assertThat(log.text()).contains("Sending Request").doesNotContain("X-Amz-Signature=");
    }

    private void assertThatNothingShows(int status, Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text() + answer.headers()).doesNotContain(SHOWN);
        assertThat(log.text()).doesNotContain(SHOWN);
    }
}
