package dev.sea.integrations.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * API Gateway for a browser. It has exactly the template's routes, checks tokens where the template says so, and
 * passes requests to the function as events. So a test gets the page as in production, with its encoding, headers and
 * policy.
 */
public final class FrontDoor implements AutoCloseable {
    private static final Set<String> PASSED_ON =
            Set.of("accept", "content-type", "if-match", "if-none-match", "idempotency-key");

    private final HttpServer server;
    private final Function<String, Optional<Gateway>> authorizer;
    private final List<Served> served = new CopyOnWriteArrayList<>();
    private Map<String, String> stageVariables = Map.of();
    private String base = "";

    /** A request and how it was answered. */
    public record Served(String method, String path, int status, int bytes, String sent) {}

    private FrontDoor(Function<String, Optional<Gateway>> authorizer) {
        this.authorizer = authorizer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // One at a time, because the mock event server takes one event at a time.
        server.setExecutor(Executors.newSingleThreadExecutor(FrontDoor::thread));
        server.createContext("/", this::serve);
        server.start();
    }

    /** A thread with the test's class loader, which knows the application's configuration. */
    private static Thread thread(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().unstarted(work);
        thread.setContextClassLoader(FrontDoor.class.getClassLoader());
        return thread;
    }

    /** Treats every request as this caller's, with or without a token. */
    public static FrontDoor as(Gateway caller) {
        return new FrontDoor(_ -> Optional.of(caller));
    }

    /** Asks whose a bearer token is. A token of nobody gets 401. */
    public static FrontDoor withTokens(Function<String, Optional<Gateway>> authorizer) {
        return new FrontDoor(authorizer);
    }

    /** Adds another server under the same origin, such as an identity provider. */
    public void alsoServes(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    public void stageVariables(Map<String, String> variables) {
        stageVariables = Map.copyOf(variables);
    }

    /** Serves below a path, such as {@code /sea}, as a custom domain's path mapping does. */
    public FrontDoor below(String path) {
        base = path;
        return this;
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + base;
    }

    public List<Served> served() {
        return List.copyOf(served);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Gateway.Answer answer = answer(exchange, body);
            byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach((name, value) -> {
                if (!name.equalsIgnoreCase("Content-Length")) {
                    exchange.getResponseHeaders().set(name, value);
                }
            });
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            served.add(new Served(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    answer.status(),
                    bytes.length,
                    body));
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            throw e;
        }
    }

    private Gateway.Answer answer(HttpExchange exchange, String body) {
        String method = exchange.getRequestMethod();
        String asked = exchange.getRequestURI().toString();
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(base)) {
            return ofTheGateway(404, "Not Found");
        }
        String routed = path.substring(base.length());
        Optional<TemplateRoutes.Route> route = TemplateRoutes.find(method, routed.isEmpty() ? "/" : routed);
        if (route.isEmpty()) {
            return ofTheGateway(404, "Not Found");
        }
        Optional<Gateway> caller =
                route.get().open() ? Optional.of(Gateway.with(Map.of())) : authorizer.apply(bearer(exchange));
        if (caller.isEmpty()) {
            return ofTheGateway(401, "Unauthorized");
        }
        Gateway asking = caller.get().stageVariables(stageVariables);
        for (Map.Entry<String, String> header : headers(exchange).entrySet()) {
            asking = asking.header(header.getKey(), header.getValue());
        }
        return Gateway.invoke(asking.event(method, asked, body.isEmpty() ? null : body)
                .put("routeKey", route.get().method() + " " + route.get().path()));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (PASSED_ON.contains(lower)) {
                headers.put(lower, String.join(",", values));
            }
        });
        return headers;
    }

    private static String bearer(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header == null ? "" : header.replaceFirst("^Bearer ", "");
    }

    private static Gateway.Answer ofTheGateway(int status, String message) {
        return new Gateway.Answer(
                status, Map.of("Content-Type", "application/json"), "{\"message\":\"" + message + "\"}");
    }
}
