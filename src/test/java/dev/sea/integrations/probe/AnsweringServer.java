package dev.sea.integrations.probe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers every request with what it was last told to; of a list one after another, the last ever after. */
public final class AnsweringServer implements AutoCloseable {
    /**
     * One answer.
     *
     * @param announced the length that the answer claims to have; a body that is shorter arrives truncated
     */
    public record Canned(int status, Map<String, String> headers, String body, int announced) {
        /** None at all, until the server closes. */
        public static final Canned SILENCE = of(0, Map.of(), "");

        public static Canned s3(int status, String body) {
            return of(status, Map.of("x-amz-request-id", "REQ1", "Content-Type", "application/xml"), body);
        }

        public static Canned s3Error(int status, String code, String message) {
            return s3(
                    status,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
                            + message.replace("<", "&lt;") + "</Message><RequestId>REQ1</RequestId></Error>");
        }

        public static Canned stsError(int status, String code, String message) {
            return of(
                    status,
                    Map.of("x-amzn-RequestId", "REQ1", "Content-Type", "text/xml"),
                    "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                            + code + "</Code><Message>" + message
                            + "</Message></Error><RequestId>REQ1</RequestId></ErrorResponse>");
        }

        public static Canned kmsError(int status, String code, String message) {
            return of(
                    status,
                    Map.of("x-amzn-RequestId", "REQ1", "Content-Type", "application/x-amz-json-1.1"),
                    "{\"__type\":\"" + code + "\",\"message\":\"" + message.replace("\"", "\\\"") + "\"}");
        }

        public static Canned of(int status, Map<String, String> headers, String body) {
            return new Canned(status, headers, body, body.getBytes(StandardCharsets.UTF_8).length);
        }

        public Canned with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Canned(status, more, body, announced);
        }

        public Canned truncated() {
            return new Canned(status, headers, body.substring(0, body.length() / 2), announced);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Queue<Canned> answers = queue(List.of(Canned.s3(200, "")));

    public AnsweringServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Canned now = next();
            exchange.getRequestBody().readAllBytes();
            if (now.equals(Canned.SILENCE)) {
                awaitClose();
                exchange.close();
                return;
            }
            now.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            boolean bodiless = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(now.status(), bodiless || now.announced() == 0 ? -1 : now.announced());
            if (!bodiless) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    public void answer(Canned next) {
        answer(List.of(next));
    }

    public void answer(List<Canned> next) {
        answers = queue(next);
    }

    private Canned next() {
        Queue<Canned> now = answers;
        synchronized (now) {
            return now.size() > 1 ? now.remove() : now.element();
        }
    }

    private static Queue<Canned> queue(List<Canned> answers) {
        return new ArrayDeque<>(answers);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
