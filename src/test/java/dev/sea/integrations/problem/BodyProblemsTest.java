package dev.sea.integrations.problem;

import static dev.sea.integrations.problem.FrameworkProblemsTest.assertThatItIsAProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BodyProblemsTest {
    private static final String DRAFTS = "/v1/validations";
    private static final int LIMIT = 64 * 1024;
    private final Gateway admin = Gateway.admin("acme");

    @ParameterizedTest
    @ValueSource(strings = {DRAFTS, "/v1/integrations"})
    void brokenRulesAreListedByField(String path) {
        Gateway.Answer answer = admin.post(path, "{\"type\": \"S3\", \"color\": \"red\"}");

        assertThatItIsAProblem(answer, 400, "invalid-input", path);
        assertThat(answer.json().path("errors").findValuesAsText("field")).contains("/target", "/access", "/color");
        assertThat(answer.json().path("errors").findValuesAsText("code")).contains("REQUIRED", "UNKNOWN_MEMBER");
        assertThat(answer.json().path("errors").findValuesAsText("message")).doesNotContain("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{} {}", "{\"a\": 1, \"a\": 2}"})
    void malformedJsonIsAProblemToo(String body) {
        assertThatItIsAProblem(admin.post(DRAFTS, body), 400, "malformed-body", DRAFTS);
    }

    @Test
    void anAbsentBodyIsMalformed() {
        assertThatItIsAProblem(
                admin.header("content-type", "application/json").post(DRAFTS, null), 400, "malformed-body", DRAFTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void anotherMediaTypeIsRefused(String type) {
        assertThatItIsAProblem(
                admin.header("content-type", type).post(DRAFTS, "{}"), 415, "unsupported-media-type", DRAFTS);
    }

    @Test
    void aMediaTypeThatIsNoneIsAProblem() {
        Gateway.Answer answer = admin.header("content-type", "json").post(DRAFTS, "{}");

        assertThat(answer.status()).isBetween(400, 415);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON"})
    void jsonMayBeSpelledAsItLikes(String type) {
        assertThatItIsAProblem(admin.header("content-type", type).post(DRAFTS, "{}"), 400, "invalid-input", DRAFTS);
    }

    @Test
    void aBodyMayHave64KibibytesAndNotOneMore() {
        assertThatItIsAProblem(admin.post(DRAFTS, body(LIMIT)), 400, "invalid-input", DRAFTS);
        assertThatItIsAProblem(admin.post(DRAFTS, body(LIMIT + 1)), 413, "body-too-large", DRAFTS);
        assertThatItIsAProblem(admin.post(DRAFTS, body(3 * 1024 * 1024)), 413, "body-too-large", DRAFTS);
    }

    @Test
    void aBodyThatStatesNoLengthIsCounted() {
        assertThatItIsAProblem(Gateway.invoke(unstated(body(LIMIT))), 400, "invalid-input", DRAFTS);
        assertThatItIsAProblem(Gateway.invoke(unstated(body(LIMIT + 1))), 413, "body-too-large", DRAFTS);
    }

    @Test
    void noPathTakesALargeBody() {
        assertThatItIsAProblem(admin.post("/v1/nothing", body(LIMIT + 1)), 413, "body-too-large", "/v1/nothing");
        assertThatItIsAProblem(Gateway.with(Map.of()).post(DRAFTS, body(LIMIT)), 401, "unauthenticated", DRAFTS);
    }

    @Test
    void charactersCountByTheirBytes() {
        String body = "{\"type\": \"" + "ü".repeat(LIMIT / 2) + "\"}";

        assertThatItIsAProblem(Gateway.invoke(unstated(body)), 413, "body-too-large", DRAFTS);
    }

    private ObjectNode unstated(String body) {
        ObjectNode event = admin.event("POST", DRAFTS, body);
        ((ObjectNode) event.path("headers")).remove("content-length");
        return event;
    }

    private static String body(int bytes) {
        String rest = "{\"type\": \"\"}";
        return "{\"type\": \"" + "x".repeat(bytes - rest.length()) + "\"}";
    }
}
