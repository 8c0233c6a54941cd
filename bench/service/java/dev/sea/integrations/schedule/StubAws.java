package dev.sea.integrations.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Part of the name of roles that may not be assumed. */
    static final String DENIED_ROLE = "SEA_ext_access_denied";

    private static final Answer DENIED = new Answer(
            403,
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                    + "<Code>AccessDenied</Code><Message>is not authorized to perform: sts:AssumeRole</Message></Error>"
                    + "<RequestId>request-1</RequestId></ErrorResponse>",
            Map.of());

    private final Vertx vertx = Vertx.vertx();
    private final StubTable table = new StubTable();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongAdder connections = new LongAdder();
    private volatile long latencyMillis;

    private record Answer(int status, String body, Map<String, String> headers) {
        static Answer ok(String body) {
            return new Answer(200, body, Map.of());
        }
    }

    public static void main(String[] arguments) {
        StubAws stub = new StubAws();
        // Not the JDK's server, which changes the case of header names, by which the SDK finds S3's request IDs.
        stub.vertx
                .createHttpServer()
                .connectionHandler(_ -> stub.connections.increment())
                .requestHandler(request -> request.body().onSuccess(body -> stub.serve(request, body.toString())))
                // To all of 127.0.0.0/8, where each bucket may have an address of its own.
                .listen(0, "0.0.0.0")
                .onSuccess(server -> System.out.println(server.actualPort()));
    }

    private void serve(HttpServerRequest request, String body) {
        if (request.path().startsWith("/_bench/")) {
            send(request, control(request.path(), body));
            return;
        }
        String target = request.getHeader("X-Amz-Target");
        String operation = target != null
                ? target.replaceFirst(".*\\.", "")
                : request.method().equals(HttpMethod.POST) ? "AssumeRole" : "s3";
        calls.computeIfAbsent(operation, _ -> new LongAdder()).increment();
        if (latencyMillis == 0) {
            send(request, answer(operation, request, body));
        } else {
            vertx.setTimer(latencyMillis, _ -> send(request, answer(operation, request, body)));
        }
    }

    private static void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.status());
        response.putHeader(isOfJsonOrQuery(request) ? "x-amzn-RequestId" : "x-amz-request-id", "request-1");
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    private static boolean isOfJsonOrQuery(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST);
    }

    private Answer control(String path, String body) {
        if (path.equals("/_bench/seed")) {
            ObjectNode wanted = (ObjectNode) json(body);
            latencyMillis = wanted.path("latencyMillis").asLong();
            table.seed(
                    (ObjectNode) wanted.path("template"),
                    wanted.path("total").asInt(),
                    wanted.path("due").asInt(),
                    wanted.path("hosts").asInt());
            calls.clear();
            connections.reset();
            return Answer.ok("{}");
        }
        ObjectNode counts = JSON.createObjectNode().put("connections", connections.sum());
        calls.forEach((operation, count) -> counts.put(operation, count.sum()));
        return Answer.ok(counts.toString());
    }

    private Answer answer(String operation, HttpServerRequest request, String body) {
        return switch (operation) {
            case "AssumeRole" -> body.contains(DENIED_ROLE) ? DENIED : Answer.ok(SESSION);
            case "s3" -> s3(request);
            default -> table(operation, json(body));
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer table(String operation, JsonNode request) {
        return switch (operation) {
            case "Query" -> Answer.ok(table.query(request).toString());
            case "UpdateItem" ->
                table.update(request)
                        .map(item -> Answer.ok(item.toString()))
                        .orElseGet(() -> new Answer(400, table.refusal(request).toString(), Map.of()));
            default -> Answer.ok("{}");
        };
    }

    private static Answer s3(HttpServerRequest request) {
        String query = String.valueOf(request.query());
        return switch (request.method().name()) {
            case "HEAD" -> new Answer(200, "", Map.of("x-amz-bucket-region", "us-east-1"));
            case "PUT" -> new Answer(412, "<Error><Code>PreconditionFailed</Code></Error>", Map.of());
            default -> {
                if (query.contains("list-type")) {
                    String bucket = request.path().split("/", -1)[1];
                    yield Answer.ok("<ListBucketResult><Name>" + bucket + "</Name></ListBucketResult>");
                }
                yield query.contains("tagging")
                        ? Answer.ok("<Tagging><TagSet></TagSet></Tagging>")
                        : new Answer(200, CONTENT, Map.of("ETag", "\"e\""));
            }
        };
    }
}
