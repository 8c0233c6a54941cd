package dev.sea.integrations.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FrameworkProblemsTest {
    private static final String SETTINGS = "/v1/settings";
    private final Gateway admin = Gateway.admin("acme");

    @Test
    void aRequestWithoutClaimsIsUnauthenticated() {
        Gateway.Answer answer = Gateway.with(Map.of()).get(SETTINGS);

        assertThatItIsAProblem(answer, 401, "unauthenticated", SETTINGS);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void aTokenWithoutTenantIsForbidden() {
        assertThatItIsAProblem(
                Gateway.with(Map.of("sub", "ada", "cognito:groups", "[SEA_SYSTEM_ADMIN]"))
                        .get(SETTINGS),
                403,
                "forbidden",
                SETTINGS);
    }

    @Test
    void aTenantThatIsNoneIsForbidden() {
        assertThatItIsAProblem(Gateway.admin("acme corp").get(SETTINGS), 403, "forbidden", SETTINGS);
    }

    @Test
    void aTokenWithoutRoleIsForbidden() {
        assertThatItIsAProblem(
                Gateway.with(Map.of("sub", "ada", "custom:tenant_id", "acme")).get(SETTINGS),
                403,
                "forbidden",
                SETTINGS);
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertThatItIsAProblem(admin.get("/v1/nothing"), 404, "not-found", "/v1/nothing");
        assertThatItIsAProblem(admin.get("/index.html"), 404, "not-found", "/index.html");
        assertThatItIsAProblem(Gateway.with(Map.of()).get("/nothing"), 404, "not-found", "/nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "%zz", "\u0084", "a b", "\\", "a?b#c", "\"<>^`{|}", "größe", "%00"})
    void aPathOfAnyCharactersIsAnsweredWithAProblem(String id) {
        var event = admin.event("GET", "/v1/integrations/x", null).put("rawPath", "/v1/integrations/" + id);
        Gateway.Answer answer = Gateway.invoke(event);

        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:not-found");
    }

    @Test
    void anotherMethodIsNotAllowed() {
        Gateway.Answer answer = admin.send("DELETE", SETTINGS, null);

        assertThatItIsAProblem(answer, 405, "method-not-allowed", SETTINGS);
    }

    @Test
    void anUnacceptableRepresentationIsRefused() {
        assertThatItIsAProblem(admin.header("accept", "text/html").get(SETTINGS), 406, "not-acceptable", SETTINGS);
    }

    @Test
    void aBrowsersListOfRepresentationsIsAccepted() {
        assertThat(admin.header("accept", "text/html, application/xhtml+xml;q=0.9, */*;q=0.8")
                        .get(SETTINGS)
                        .status())
                .isEqualTo(200);
        assertThat(admin.header("accept", "application/problem+json, application/json")
                        .get(SETTINGS)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aParameterGivenTwiceIsRefusedByItsName() {
        Gateway.Answer answer = admin.get("/v1/integrations?limit=5&limit=7&state=ACTIVE");

        assertThatItIsAProblem(answer, 400, "invalid-input", "/v1/integrations");
        assertThat(answer.json().path("errors").findValuesAsText("field")).containsExactly("limit");
        assertThat(answer.json().path("errors").findValuesAsText("code")).containsExactly("REPEATED");
    }

    @Test
    void whoMayNotAskIsToldNothingOfTheQuery() {
        String query = "/v1/integrations?limit=5&limit=7";

        assertThatItIsAProblem(Gateway.with(Map.of()).get(query), 401, "unauthenticated", "/v1/integrations");
    }

    @Test
    void theProblemQuotesTheGatewaysRequestId() {
        var event = admin.event("GET", "/v1/nothing", null);

        assertThat(Gateway.invoke(event).json().path("requestId").asText())
                .isEqualTo(event.path("requestContext").path("requestId").asText());
    }

    static void assertThatItIsAProblem(Gateway.Answer answer, int status, String type, String instance) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:" + type);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asText()).isNotBlank();
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(answer.json().path("instance").asText()).isEqualTo(instance);
        assertThat(answer.json().path("requestId").asText()).isNotBlank();
    }
}
