package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LogLines;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of bodies in base64, and of text that is not UTF-8. */
@QuarkusTest
class BodiesAsSentTest {
    private static final String STORE_ONLY = "/v1/integrations?validate=false";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);
    private final String draft = Drafts.keys().setText("/name", "Werk Süd").toString();

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void base64MayHaveLineBreaks(String lineBreak) {
        String broken = Base64.getMimeEncoder(20, lineBreak.getBytes(StandardCharsets.US_ASCII))
                .encodeToString(draft.getBytes(StandardCharsets.UTF_8));

        assertThatItIsStored(encoded(broken + lineBreak));
    }

    @Test
    void base64IsDecoded() {
        assertThatItIsStored(encoded(base64(draft, StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "eyJ", "eyJ0eXBlIjoiUzMifQ=", "=", "e", "{"})
    void brokenBase64IsAProblem(String body) {
        try (LogLines log = LogLines.ofAll()) {
            Gateway.Answer answer = encoded(body);

            assertThatItIsMalformed(answer);
            assertThat(log.text()).doesNotContain("Request Failure");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-32"})
    void textThatIsNotUtf8IsMalformed(String charset) {
        assertThatItIsMalformed(encoded(base64(draft, Charset.forName(charset))));
    }

    /** The gateway passes text on as text, and writes U+FFFD for bytes that are not UTF-8. */
    @Test
    void textThatTheGatewayCouldNotReadIsMalformed() {
        assertThatItIsMalformed(admin.post(STORE_ONLY, draft.replace('ü', '\uFFFD')));
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThatItIsStored(encoded(base64("\uFEFF" + draft, StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=iso-8859-1",
                "application/json;charset=UTF-16",
                "application/json; charset=\"windows-1252\"",
                "application/json; charset=none-of-all"
            })
    void anotherCharsetIsNotSupported(String type) {
        for (String path : new String[] {STORE_ONLY, "/v1/validations", "/v1/policies"}) {
            Gateway.Answer answer = admin.header("content-type", type).post(path, draft);

            assertThat(answer.status()).as(answer.text()).isEqualTo(415);
            assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:unsupported-media-type");
            assertThat(answer.json().path("detail").asText()).contains("UTF-8");
        }
        assertThat(stored.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=\"utf-8\"", "application/json;charset=UTF8", "application/json"})
    void utf8MayBeNamed(String type) {
        assertThatItIsStored(admin.header("content-type", type).post(STORE_ONLY, draft));
    }

    private Gateway.Answer encoded(String body) {
        ObjectNode event = admin.event("POST", STORE_ONLY, body);
        event.withObject("/headers").remove("content-length");
        return Gateway.invoke(event.put("isBase64Encoded", true));
    }

    private static String base64(String text, Charset charset) {
        return Base64.getEncoder().encodeToString(text.getBytes(charset));
    }

    private void assertThatItIsStored(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        JsonNode name = admin.get(answer.header("Location")).json().path("name");
        assertThat(name.asText()).isEqualTo("Werk Süd");
    }

    private void assertThatItIsMalformed(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:malformed-body");
        assertThat(stored.count()).isZero();
    }
}
