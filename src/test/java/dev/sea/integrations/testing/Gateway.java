package dev.sea.integrations.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * API Gateway as the function sees it: sends events of an HTTP API (payload format 2.0) with the claims of a token
 * that its authorizer has checked, and that token.
 */
public final class Gateway {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Longer than Lambda lets a function of the gateway work. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String AUTHORIZATION = "authorization";

    /** Claims of every token, unless a test says otherwise. */
    private static final Map<String, String> USUAL = Map.of(
            "iss", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE",
            "iat", "1795687200",
            "exp", "1795690800");

    private final Map<String, String> claims;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> stageVariables = new LinkedHashMap<>();

    private Gateway(Map<String, String> claims) {
        this.claims = claims;
    }

    /** An answer. The case of header names does not matter. */
    public record Answer(int status, Map<String, String> headers, String text) {

        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + status + " " + text, e);
            }
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Fields and codes of what an answer says is wrong with the input. */
    public static List<String> errors(Answer answer) {
        if (answer.status() != 400) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error ->
                        error.path("field").asText() + " " + error.path("code").asText())
                .toList();
    }

    /** A caller that may do everything in a tenant. */
    public static Gateway admin(String tenant) {
        return with(Map.of("sub", "ada", "custom:tenant_id", tenant, "cognito:groups", "[SEA_SYSTEM_ADMIN]"));
    }

    /** A caller that may only read. */
    public static Gateway reader(String tenant) {
        return with(Map.of("sub", "rob", "custom:tenant_id", tenant, "cognito:groups", "[SEA_ACCESS_ADMIN]"));
    }

    /** A recorder or player of SEA's. */
    public static Gateway workflow(String tenant) {
        return with(Map.of("sub", "recorder-7", "custom:tenant_id", tenant, "cognito:groups", "[SEA_WORKFLOW]"));
    }

    /**
     * A caller whose token has these claims beside issuer and times. Without claims: a request without authorizer.
     */
    public static Gateway with(Map<String, String> claims) {
        if (claims.isEmpty()) {
            return new Gateway(claims);
        }
        Map<String, String> all = new LinkedHashMap<>(USUAL);
        all.putAll(claims);
        return new Gateway(all);
    }

    /** The token's payload, for tests that change it. Numbers are numbers, {@code [a b]} is a list of two. */
    public ObjectNode payload() {
        ObjectNode payload = JSON.createObjectNode();
        claims.forEach((name, value) -> {
            if (value.startsWith("[") && value.endsWith("]")) {
                List.of(value.substring(1, value.length() - 1).split(" "))
                        .forEach(payload.withArrayProperty(name)::add);
            } else if (List.of("iat", "exp").contains(name)) {
                payload.put(name, Long.parseLong(value));
            } else {
                payload.put(name, value);
            }
        });
        return payload;
    }

    /** A JWT as a client sends it. Only the gateway checks its signature. */
    public static String token(ObjectNode payload) {
        return String.join(".", base64("{\"alg\":\"RS256\"}"), base64(payload.toString()), base64("signature"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A tenant that no other test has. */
    public static String freshTenant() {
        return "tenant-" + UUID.randomUUID();
    }

    public Gateway header(String name, String value) {
        Gateway copy = copy();
        copy.headers.put(name, value);
        return copy;
    }

    /** As the template's stage has them. */
    public Gateway stageVariables(Map<String, String> variables) {
        Gateway copy = copy();
        copy.stageVariables.putAll(variables);
        return copy;
    }

    private Gateway copy() {
        Gateway copy = new Gateway(claims);
        copy.headers.putAll(headers);
        copy.stageVariables.putAll(stageVariables);
        return copy;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, @Nullable String body) {
        return send("POST", path, body);
    }

    public Answer send(String method, String path, @Nullable String body) {
        return invoke(event(method, path, body));
    }

    /** The event, for tests that change it. */
    public ObjectNode event(String method, String pathAndQuery, @Nullable String body) {
        URI uri = URI.create(pathAndQuery);
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0").put("routeKey", "$default").put("rawPath", uri.getRawPath());
        event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
        ObjectNode sent = event.putObject("headers");
        sent.put("host", "api.example.com").put("accept", "application/json");
        if (body != null) {
            sent.put("content-type", "application/json");
            sent.put("content-length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
            event.put("body", body);
        }
        if (!claims.isEmpty()) {
            sent.put(AUTHORIZATION, "Bearer " + token(payload()));
        }
        headers.forEach(sent::put);
        event.put("isBase64Encoded", false);
        if (!stageVariables.isEmpty()) {
            stageVariables.forEach(event.putObject("stageVariables")::put);
        }
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", Account.SERVICE.id())
                .put("apiId", "a1b2c3d4e5")
                .put("stage", "$default");
        context.put("requestId", "request-" + UUID.randomUUID());
        context.putObject("http")
                .put("method", method)
                .put("path", uri.getPath())
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", "198.51.100.7");
        if (!claims.isEmpty()) {
            ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
            ObjectNode presented = jwt.putObject("claims");
            claims.forEach(presented::put);
            jwt.putNull("scopes");
        }
        return event;
    }

    public static Answer invoke(ObjectNode event) {
        SecretsWatch.listen();
        try {
            HttpRequest request = HttpRequest.newBuilder(function())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(event.toString()))
                    .build();
            // The client's own time limit ends with the head of an answer, whose body may never come.
            HttpResponse<String> response = HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (response.statusCode() != 200) {
                throw new AssertionError("the invocation failed: " + response.statusCode() + " " + response.body());
            }
            Answer answer = answer(JSON.readTree(response.body()));
            SecretsWatch.check(answer);
            return answer;
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "no answer in " + PATIENCE + " to " + event.path("routeKey") + "; " + threads(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the function cannot be reached", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the function's threads do. */
    private static String threads() {
        StringBuilder threads = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (thread.getName().matches("(Lambda|executor-|vert).*")) {
                threads.append(thread.getName()).append(' ').append(thread.getState());
                Stream.of(frames).forEach(frame -> threads.append("\n    ").append(frame));
                threads.append('\n');
            }
        });
        return threads.toString();
    }

    /** Where the function takes events: the application under test, or the one that the system property names. */
    private static URI function() {
        String named = System.getProperty("function");
        if (named != null) {
            return URI.create(named);
        }
        int port = ConfigProvider.getConfig().getValue("quarkus.lambda.mock-event-server.test-port", Integer.class);
        return URI.create("http://localhost:" + port + "/_lambda_");
    }

    private static Answer answer(JsonNode response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.path("multiValueHeaders")
                .forEachEntry((name, values) -> headers.put(name, values.path(0).asText()));
        response.path("headers").forEachEntry((name, value) -> headers.put(name, value.asText()));
        String body = response.path("body").asText("");
        if (response.path("isBase64Encoded").asBoolean()) {
            body = new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
        }
        return new Answer(response.path("statusCode").asInt(), headers, body);
    }
}
