package dev.sea.integrations.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as a gateway's event may have them. */
@QuarkusTest
class NormalPathsTest {
    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//",
                "/v1//settings",
                "//v1/settings",
                "/v1/settings/",
                "/v1/./settings",
                "/./v1/settings",
                "/v1/settings/.",
                "/v1/integrations/../settings",
                "/v1/settings/..",
                "/../v1/settings",
                "/v1/%2e/settings",
                "/v1/%2E%2E/v1/settings",
                "/v1/.%2e/v1/settings",
                "/v1%2fsettings",
                "/v1%5Csettings",
                "/v1\\settings",
                "/v1/%73ettings",
                "/v1/settings%20",
                "/v1/settings%00",
                "/v1/settings;",
                "/v1/settings;a=b",
                "/v1;a=b/settings",
                "/v1/settings%3B",
                "/v1/settings%252e",
                "/v1/settings?",
                "/v1/settings#",
                "v1/settings",
                "http://other.example.com/v1/settings"
            })
    void aPathThatIsNotInNormalFormIsNotThere(String path) {
        Gateway.Answer answer =
                Gateway.invoke(admin.event("GET", "/v1/settings", null).put("rawPath", path));

        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:not-found");
        assertThat(answer.json().path("requestId").asText()).startsWith("request-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/settings", "/v1/integrations?limit=5&name=a%2F..%2Fb;c"})
    void aPathInNormalFormIsServedWhateverTheQuery(String path) {
        assertThat(admin.header("accept", "*/*").get(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/sweeps",
                "/internal/sweeps/",
                "/internal//sweeps",
                "//internal/sweeps",
                "/./internal/sweeps",
                "/v1/../internal/sweeps",
                "/v1/%2e%2e/internal/sweeps",
                "/v1/%2E%2E/internal/sweeps",
                "/v1/..%2finternal/sweeps",
                "/v1/..;/internal/sweeps",
                "/v1/%252e%252e/internal/sweeps",
                "/internal/sweeps;a=b",
                "/internal;a=b/sweeps",
                "/;a=b/internal/sweeps",
                "/%69nternal/sweeps",
                "/internal/%73weeps",
                "/internal%2fsweeps",
                "/internal/x/../sweeps",
                "/INTERNAL/sweeps",
                "/internal"
            })
    void noSpellingLeadsFromTheGatewayToTheSweeps(String path) {
        String body = Scheduler.event(0, 1).path("body").textValue();
        for (String method : new String[] {"POST", "GET", "PUT", "DELETE"}) {
            Gateway.Answer answer =
                    Gateway.invoke(admin.event(method, "/v1/settings", method.equals("POST") ? body : null)
                            .put("rawPath", path));

            assertThat(answer.status()).as(method + " " + answer.text()).isEqualTo(404);
        }
    }
}
