package dev.sea.integrations.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class AnswerHeadersTest {
    private static final Gateway ADMIN = Gateway.admin("acme");

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /v1/settings, 200",
        "GET, /v1/integrations, 200",
        "POST, /v1/external-ids, 201",
        "GET, /v1/integrations?limit=0, 400",
        "GET, /v1/sign-in, 404",
        "GET, /v1/nothing, 404",
        "GET, /v1/%2e%2e/nothing, 404",
        "GET, /page/main.js, 404",
        "GET, /internal/sweeps, 404",
        "DELETE, /v1/settings, 405",
    })
    void anAnswerOfTheApiIsKeptNowhereAndTakenForNothingElse(String method, String path, int status) {
        assertThatItIsNotKept(ADMIN.send(method, path, null), status);
    }

    @Test
    void aRefusedCallerGetsTheSame() {
        assertThatItIsNotKept(Gateway.with(Map.of()).get("/v1/settings"), 401);
        assertThatItIsNotKept(Gateway.with(Map.of("sub", "ada")).get("/v1/settings"), 403);
    }

    /** The document is asked for each time, its files are kept. */
    @Test
    void thePageSaysItselfHowLongItIsKept() {
        Gateway.Answer page = ADMIN.header("accept", "*/*").get("/");

        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }

    private static void assertThatItIsNotKept(Gateway.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }
}
