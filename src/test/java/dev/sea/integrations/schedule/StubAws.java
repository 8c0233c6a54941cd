package dev.sea.integrations.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * AWS as far as a light sweep of healthy integrations asks it, with a latency of choice and next to no work: the emulator
 * of the tests answers some hundred calls a second, less than a sweep makes. A process of its own, so that what a sweep
 * takes can be told from what this takes.
 */
final class StubAws {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT = "Cisco SEA writes and reads this object to prove its access.\n";
    private static final String SESSION = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>ASIABENCH</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
            <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser>
            <Arn>arn:aws:sts::222233334444:assumed-role/SEA_ext_access_bench/s</Arn>
            <AssumedRoleId>AROABENCH:s</AssumedRoleId></AssumedRoleUser></AssumeRoleResult>
            <ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></AssumeRoleResponse>""";

    private final StubTable table = new StubTable();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private volatile long latencyMillis;

    private record Answer(int status, String body, Map<String, String> headers) {
        static Answer ok(String body) {
            return new Answer(200, body, Map.of());
        }
    }

    public static void main(String[] arguments) throws IOException {
        StubAws stub = new StubAws();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.createContext("/", stub::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer answer = exchange.getRequestURI().getPath().startsWith("/_bench/")
                ? control(exchange.getRequestURI().getPath(), body)
                : timed(exchange, body);
        byte[] sent = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("x-amzn-RequestId", "request-1");
        exchange.getResponseHeaders().set("x-amz-request-id", "request-1");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || sent.length == 0 ? -1 : sent.length);
        if (!head) {
            exchange.getResponseBody().write(sent);
        }
        exchange.close();
    }

    private Answer control(String path, byte[] body) throws IOException {
        if (path.equals("/_bench/seed")) {
            ObjectNode wanted = (ObjectNode) JSON.readTree(body);
            latencyMillis = wanted.path("latencyMillis").asLong();
            table.seed(
                    (ObjectNode) wanted.path("template"),
                    wanted.path("total").asInt(),
                    wanted.path("due").asInt());
            calls.clear();
            connections.clear();
            return Answer.ok("{}");
        }
        ObjectNode counts = JSON.createObjectNode().put("connections", connections.size());
        calls.forEach((operation, count) -> counts.put(operation, count.sum()));
        return Answer.ok(counts.toString());
    }

    private Answer timed(HttpExchange exchange, byte[] body) throws IOException {
        connections.add(exchange.getRemoteAddress());
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target != null ? target : exchange.getRequestMethod().equals("POST") ? "sts" : "s3";
        calls.computeIfAbsent(operation.replaceFirst(".*\\.", ""), _ -> new LongAdder())
                .increment();
        try {
            Thread.sleep(latencyMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return switch (operation) {
            case "sts" -> Answer.ok(SESSION);
            case "s3" -> s3(exchange);
            default -> table(operation.replaceFirst(".*\\.", ""), JSON.readTree(body));
        };
    }

    private Answer table(String operation, JsonNode request) {
        return switch (operation) {
            case "Query" -> Answer.ok(table.query(request).toString());
            case "UpdateItem" ->
                table.update(request)
                        .map(item -> Answer.ok(item.toString()))
                        .orElseGet(() -> new Answer(
                                400,
                                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}",
                                Map.of()));
            default -> Answer.ok("{}");
        };
    }

    private static Answer s3(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String bucket = exchange.getRequestURI().getPath().split("/", -1)[1];
        return switch (exchange.getRequestMethod()) {
            case "HEAD" -> new Answer(200, "", Map.of("x-amz-bucket-region", "us-east-1"));
            case "PUT" -> new Answer(412, "<Error><Code>PreconditionFailed</Code></Error>", Map.of());
            default -> {
                if (query.contains("list-type")) {
                    yield Answer.ok("<ListBucketResult><Name>" + bucket + "</Name></ListBucketResult>");
                }
                yield query.contains("tagging")
                        ? Answer.ok("<Tagging><TagSet></TagSet></Tagging>")
                        : new Answer(200, CONTENT, Map.of("ETag", "\"e\""));
            }
        };
    }
}
