package dev.sea.integrations.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The local AWS that the build started, and its controls under {@code /_local/}. */
public final class LocalAws {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private LocalAws() {}

    /** A call that reached the local AWS. Times are in milliseconds since the epoch. */
    public record Call(String service, String operation, JsonNode facts, int status, double start, double end) {

        /** Whether the signature was in the URL. */
        public boolean isPresigned() {
            return facts.path("authType").asText().equals("REST-QUERY-STRING");
        }

        /** Whether nobody signed it. Only S3 answers such calls. */
        public boolean isUnsigned() {
            return service.equals("s3") && !facts.has("accessKeyId");
        }
    }

    public static URI endpoint() {
        Path file = Path.of(System.getProperty("local-aws.state", "target/local-aws"), "endpoint");
        try {
            return URI.create(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(
                    "No local AWS runs: " + file + " is missing. './mvnw process-test-classes' starts one.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes calls fail, as often as asked or until closed.
     *
     * @param kind throttle, 500, reset, hang, no-http, truncate, html, empty, lost-answer, huge, endless, headers, drip
     */
    public static Fault fault(String kind, String service, String operation, Map<String, String> match, int times) {
        Map<String, Object> fault = new HashMap<>(
                Map.of("kind", kind, "service", service, "operation", operation, "match", match, "times", times));
        return new Fault(call("POST", "faults", fault).path("id").asInt());
    }

    /** As {@link #fault}, only for calls whose body contains a text, such as the key of an item. */
    public static Fault faultOnBody(String kind, String service, String operation, String bodyContains, int times) {
        Map<String, Object> fault = Map.of(
                "kind", kind, "service", service, "operation", operation, "bodyContains", bodyContains, "times", times);
        return new Fault(call("POST", "faults", fault).path("id").asInt());
    }

    /** As {@link #fault}, with an error of AWS that has no kind of its own. */
    public static Fault error(
            int status, String code, String service, String operation, Map<String, String> match, int times) {
        Map<String, Object> fault = new HashMap<>(Map.of("kind", "error", "status", status, "code", code));
        fault.putAll(Map.of("service", service, "operation", operation, "match", match, "times", times));
        return new Fault(call("POST", "faults", fault).path("id").asInt());
    }

    /** As {@link #error}, with AWS's message. */
    public static Fault error(
            int status,
            String code,
            String message,
            String service,
            String operation,
            Map<String, String> match,
            int times) {
        Map<String, Object> fault = new HashMap<>(Map.of("kind", "error", "status", status, "code", code));
        fault.put("message", message);
        fault.putAll(Map.of("service", service, "operation", operation, "match", match, "times", times));
        return new Fault(call("POST", "faults", fault).path("id").asInt());
    }

    /** As {@link #error}, only for calls whose body contains a text. */
    public static Fault errorOnBody(
            int status, String code, String service, String operation, String bodyContains, int times) {
        Map<String, Object> fault = new HashMap<>(Map.of("kind", "error", "status", status, "code", code));
        fault.putAll(Map.of("service", service, "operation", operation, "bodyContains", bodyContains, "times", times));
        return new Fault(call("POST", "faults", fault).path("id").asInt());
    }

    /** Delays calls before they are carried out, as often as asked or until closed. */
    public static Fault delay(double seconds, String service, String operation, Map<String, String> match, int times) {
        Map<String, Object> fault = Map.of(
                "kind",
                "delay",
                "delaySeconds",
                seconds,
                "service",
                service,
                "operation",
                operation,
                "match",
                match,
                "times",
                times);
        return new Fault(call("POST", "faults", fault).path("id").asInt());
    }

    /** As {@link #delay}, only for calls whose body contains a text. */
    public static Fault delayOnBody(double seconds, String service, String operation, String bodyContains, int times) {
        Map<String, Object> fault = new HashMap<>(Map.of("kind", "delay", "delaySeconds", seconds, "times", times));
        fault.putAll(Map.of("service", service, "operation", operation, "bodyContains", bodyContains));
        return new Fault(call("POST", "faults", fault).path("id").asInt());
    }

    public record Fault(int id) implements AutoCloseable {
        /** How many calls it has met so far; those that it holds are among them. */
        public int used() {
            return call("GET", "faults", Map.of())
                    .valueStream()
                    .filter(fault -> fault.path("id").asInt() == id)
                    .mapToInt(fault -> fault.path("used").asInt())
                    .sum();
        }

        @Override
        public void close() {
            call("DELETE", "faults/" + id, Map.of());
        }
    }

    /** Refuses the role for this long from now, as IAM does while it propagates a new role. */
    public static void refuseRole(String roleArn, double seconds) {
        call("POST", "propagation", Map.of("roleArn", roleArn, "seconds", seconds));
    }

    /** Does not know the access key for this long from now, as while IAM spreads a new key, but for some Regions. */
    public static void hideKey(String accessKeyId, long seconds, String... knownIn) {
        call(
                "POST",
                "propagation",
                Map.of("accessKeyId", accessKeyId, "seconds", seconds, "knownIn", List.of(knownIn)));
    }

    /** Ends a role's open sessions at once, as when their time is over. */
    public static void expireSessions(String roleArn) {
        call("POST", "expire", Map.of("roleArn", roleArn));
    }

    /** Adds latency to every call to a service until closed. */
    public static Latency latency(int milliseconds) {
        call("POST", "latency", Map.of("ms", milliseconds));
        return new Latency();
    }

    public record Latency() implements AutoCloseable {
        @Override
        public void close() {
            call("DELETE", "latency", Map.of());
        }
    }

    /**
     * The calls since a time that have all these properties (bucket, roleArn, accessKeyId, operation, ...), oldest
     * first.
     */
    public static List<Call> calls(long sinceMillis, Map<String, String> facts) {
        Map<String, String> query = new HashMap<>(facts);
        query.put("since", Long.toString(sinceMillis));
        String encoded = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        List<Call> calls = new ArrayList<>();
        for (JsonNode call : call("GET", "calls?" + encoded, Map.of())) {
            calls.add(new Call(
                    call.path("service").asText(),
                    call.path("operation").asText(),
                    call,
                    call.path("status").asInt(),
                    call.path("start").asDouble(),
                    call.path("end").asDouble()));
        }
        return calls;
    }

    /** The operations that a request makes the service ask for, whichever account it asks. */
    public static List<String> callsOf(Runnable request) {
        long since = System.currentTimeMillis();
        request.run();
        return calls(since, Map.of()).stream().map(Call::operation).toList();
    }

    /** The most bytes that a client read of any endless answer, except for a few MB in the buffers of sockets. */
    public static long mostTaken() {
        return call("GET", "sent", Map.of()).path("most").asLong();
    }

    /** The key of the stack, with which its table and secrets are encrypted. */
    public static String stackKeyArn() {
        return call("GET", "stack", Map.of()).path("Key").path("Arn").asText();
    }

    /** The details of the health events about an integration that reached a bus, oldest first. */
    public static List<JsonNode> healthEvents(String integration) {
        return events(integration, "Integration Health Changed");
    }

    /** The details of an integration's events about advice, oldest first. */
    public static List<JsonNode> adviceEvents(String integration) {
        return events(integration, "Integration Advice Changed");
    }

    /** The details of the events of one type about an integration that reached a bus, oldest first. */
    public static List<JsonNode> events(String integration, String detailType) {
        return taken("integration=" + integration)
                .filter(event -> event.path("detailType").asText().equals(detailType))
                .map(event -> event.path("detail"))
                .toList();
    }

    /** The details of the events that reached a bus and have these members, oldest first. */
    public static List<JsonNode> events(Map<String, String> members) {
        String query = members.entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue())
                .collect(Collectors.joining("&"));
        return taken(query).map(event -> event.path("detail")).toList();
    }

    /** Once, what the SDK sent twice because an answer was late. */
    private static Stream<JsonNode> taken(String query) {
        return call("GET", "events?" + query, Map.of()).valueStream().distinct();
    }

    private static JsonNode call(String method, String control, Map<String, Object> body) {
        try {
            return JSON.readTree(send(method, control, body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String send(String method, String control, Map<String, Object> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(endpoint().resolve("/_local/" + control))
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(control + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
