package dev.sea.integrations.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.TemplateRoutes;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PageResourceTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");
    private static final int MOST_BYTES = 150_000;

    /** Nobody has a token before the page has come. */
    private final Gateway stranger = Gateway.with(Map.of());

    @Test
    void theWholePageIsSmallerThan150KilobytesAsTheGatewaySendsIt() {
        int total = size(stranger.get("/"));
        for (String reference : references()) {
            Gateway.Answer file = stranger.get("/" + reference);
            assertThat(file.status()).as(reference).isEqualTo(200);
            total += size(file);
        }

        assertThat(total).isLessThan(MOST_BYTES);
    }

    @Test
    void aStrictPolicyComesWithIt() {
        String policy = stranger.get("/").header("Content-Security-Policy");

        assertThat(policy).startsWith("default-src 'none';").contains("script-src 'self';", "connect-src 'self';");
        assertThat(policy).doesNotContain("unsafe", "http:", "*");
    }

    @Test
    void noScriptAndNoStyleStandsInTheDocument() {
        assertThat(stranger.get("/").text())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("<style", " style=", " onclick=", "//cdn", "https://");
    }

    @Test
    void theDocumentIsAskedForAgainAndFoundUnchanged() {
        Gateway.Answer first = stranger.get("/");
        Gateway.Answer second =
                stranger.header("If-None-Match", first.header("ETag")).get("/");

        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.text()).isEmpty();
    }

    @Test
    void itsFilesAreKeptForAYearUnderTheHashInTheirNames() {
        assertThat(references())
                .hasSize(3)
                .allSatisfy(
                        reference -> assertThat(stranger.get("/" + reference).header("Cache-Control"))
                                .contains("max-age=31536000", "immutable"));
    }

    @Test
    void aFileOfAnotherVersionIsNotKept() {
        Gateway.Answer answer = stranger.get("/assets/0000000000000000/main.js");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void whatIsNoFileOfThePageIsNotFound() {
        assertThat(stranger.get("/assets/0000000000000000/application.properties")
                        .status())
                .isEqualTo(404);
    }

    /** Quarkus would serve them, without our headers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/main.js",
                "/page/index.html",
                "/page/",
                "/page",
                "/x/../page/main.js",
                "/%70age/main.js",
                "/page%2Fmain.js",
                "/%2570age/main.js",
                "/x%2F..%2Fpage%2Fmain.js",
                "/page/nothing"
            })
    void theFolderThatTheFilesLieInIsNotServed(String path) {
        Gateway.Answer answer = stranger.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:not-found");
        assertThat(answer.json().path("requestId").asText()).startsWith("request-");
    }

    @Test
    void theGatewayHasAnOpenRouteForEachFileAndNoCatchAll() {
        assertThat(references())
                .allSatisfy(reference -> assertThat(TemplateRoutes.find("GET", "/" + reference))
                        .hasValueSatisfying(route -> assertThat(route.open()).isTrue()));
        assertThat(TemplateRoutes.all()).noneMatch(route -> route.path().contains("+"));
        assertThat(TemplateRoutes.all().stream()
                        .filter(TemplateRoutes.Route::open)
                        .map(TemplateRoutes.Route::path))
                .containsExactlyInAnyOrder("/", "/assets/{version}/{file}", "/v1/sign-in");
    }

    @Test
    void aDeploymentTellsHowToSignInAndLetsThePageCallTheProvider() {
        Gateway deployed = stranger.stageVariables(Map.of(
                "signInIssuer", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a",
                "signInClientId", "client",
                "signInScopes", "openid,profile",
                "signInOrigins", "https://sea.auth.eu-west-1.amazoncognito.com",
                "signInCognitoLogout", "https://sea.auth.eu-west-1.amazoncognito.com/logout"));

        assertThat(deployed.get("/v1/sign-in").text())
                .isEqualTo(
                        "{\"issuer\":\"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a\",\"clientId\":\"client\","
                                + "\"scopes\":[\"openid\",\"profile\"],\"token\":\"id\",\"tenantClaim\":\"custom:tenant_id\","
                                + "\"cognitoLogout\":\"https://sea.auth.eu-west-1.amazoncognito.com/logout\"}");
        assertThat(deployed.get("/").header("Content-Security-Policy"))
                .contains(
                        "connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com https://sea.auth.eu-west-1.amazoncognito.com;");
    }

    @Test
    void withoutAConfiguredClientNobodySignsIn() {
        assertThat(stranger.get("/v1/sign-in").status()).isEqualTo(404);
    }

    private List<String> references() {
        return REFERENCE
                .matcher(stranger.get("/").text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Headers too, roughly as HTTP/1.1 writes them. */
    private static int size(Gateway.Answer answer) {
        int headers = answer.headers().entrySet().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length() + 4)
                .sum();
        return headers + answer.text().getBytes(StandardCharsets.UTF_8).length;
    }
}
