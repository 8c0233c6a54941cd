package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a custom domain's path mapping or a named stage, paths have more before the route. */
@QuarkusTest
class MappedPathsTest {
    private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+)\"");
    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    @ParameterizedTest
    @ValueSource(strings = {"/sea", "/prod", "/tools/sea.v1"})
    void theApiIsServedBelowABase(String base) {
        Gateway.Answer made = ask(
                base, "POST /v1/integrations", "/v1/integrations", Drafts.keys().toString());

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String location = made.header("Location");
        assertThat(location)
                .isEqualTo(base + "/v1/integrations/" + made.json().path("id").asText());
        Gateway.Answer read = ask("", "GET /v1/integrations/{id}", location, null);
        assertThat(read.status()).as(read.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sea", "/tools/sea.v1"})
    void aProblemNamesThePathThatTheClientKnows(String base) {
        Gateway.Answer answer =
                ask(base, "GET /v1/integrations/{id}", "/v1/integrations/int_01JD9Z00000000000000000000", null);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("instance").asText())
                .isEqualTo(base + "/v1/integrations/int_01JD9Z00000000000000000000");
    }

    @ParameterizedTest
    @CsvSource({"/sea,''", "/sea,/", "/tools/sea.v1,/"})
    void thePageNamesItsFilesBelowTheBase(String base, String path) {
        Gateway.Answer page = ask(base, "GET /", path, null);

        assertThat(page.status()).isEqualTo(200);
        Matcher script = SCRIPT.matcher(page.text());
        assertThat(script.find()).isTrue();
        assertThat(script.group(1)).startsWith(base + "/assets/");
        Gateway.Answer file = ask("", "GET /assets/{version}/{file}", script.group(1), null);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith("text/javascript");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/settings, /v1/nothing",
        "GET /v1/settings, /sea/v1/settings/more",
        "GET /v1/settings, /seav1/settings",
        "GET /v1/settings, /../v1/settings",
        "GET /v1/settings, //v1/settings",
        "GET /v1/settings, /sea//v1/settings",
        "$default, /sea/v1/settings",
        "GET /v1/integrations/{id}, /sea/v1/integrations/a/b"
    })
    void onlyWhatStandsBeforeTheRouteIsTakenAway(String route, String path) {
        assertThat(ask("", route, path, null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/settings, /v1/settings, '', /v1/settings",
        "GET /v1/settings, /sea/v1/settings, /sea, /v1/settings",
        "GET /v1/integrations/{id}, /a/b/v1/integrations/x, /a/b, /v1/integrations/x",
        "GET /, /, '', /",
        "GET /, /sea, /sea, /",
        "GET /, /sea/, /sea, /",
        "ANY /v1/{proxy+}, /sea/v1/a/b, '', /sea/v1/a/b",
        "$default, /sea/v1/settings, '', /sea/v1/settings",
        "GET /v1/settings, v1/settings, '', v1/settings",
        "GET, /sea/v1/settings, '', /sea/v1/settings",
        "'', /v1/settings, '', /v1/settings"
    })
    void baseAndPathAreTold(String route, String path, String base, String rest) {
        assertThat(MappedPath.of(route, path)).isEqualTo(new MappedPath(base, rest));
    }

    private Gateway.Answer ask(String base, String route, String path, @Nullable String body) {
        String query = path.equals("/v1/integrations") ? "?validate=false" : "";
        ObjectNode event = (route.startsWith("GET /assets") || route.equals("GET /") ? Gateway.with(Map.of()) : admin)
                .event(route.equals("$default") ? "GET" : route.substring(0, route.indexOf(' ')), path + query, body);
        event.put("routeKey", route).put("rawPath", base + path);
        event.withObject("/requestContext/http").put("path", base + path);
        return Gateway.invoke(event);
    }
}
