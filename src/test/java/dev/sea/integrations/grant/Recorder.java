package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.Sha256;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Monitored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** A workflow of SEA's that records into an integration and plays from it, as any HTTP client can. */
final class Recorder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Monitored integration;

    Recorder(Monitored integration) {
        this.integration = integration;
    }

    /** The body that asks for a grant to store this content. */
    static ObjectNode recording(String key, byte[] content) {
        return JSON.createObjectNode()
                .put("purpose", "RECORD")
                .put("key", key)
                .put("contentLength", content.length)
                .put("sha256", ContentSha256.of(Sha256.bytes(content)).value())
                .put("contentType", "video/mp4");
    }

    static ObjectNode playback(String key) {
        return JSON.createObjectNode().put("purpose", "PLAY").put("key", key);
    }

    Gateway.Answer ask(ObjectNode body) {
        return ask(body.toString());
    }

    Gateway.Answer ask(String body) {
        return Gateway.workflow(integration.tenant()).post(integration.path() + "/grants", body);
    }

    JsonNode granted(ObjectNode body) {
        Gateway.Answer answer = ask(body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    /** A request that a grant allows, which a test may change before it is sent. */
    static final class Granted {
        private final Map<String, String> headers = new HashMap<>();
        private String method;
        private String url;

        Granted(JsonNode grant) {
            JsonNode request = grant.path("request");
            method = request.path("method").asText();
            url = request.path("url").asText();
            request.path("headers").forEachEntry((name, value) -> headers.put(name, value.asText()));
        }

        Granted method(String other) {
            method = other;
            return this;
        }

        Granted url(String from, String to) {
            assertThat(url).contains(from);
            url = url.replace(from, to);
            return this;
        }

        Granted header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Granted without(String name) {
            assertThat(headers.remove(name)).isNotNull();
            return this;
        }

        Map<String, String> headers() {
            return headers;
        }

        String url() {
            return url;
        }

        HttpResponse<byte[]> send(byte[] content) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .method(
                            method,
                            content.length == 0 && !method.equals("PUT")
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(content));
            // The client itself sends the length of what it has.
            headers.forEach((name, value) -> {
                if (!name.equals("content-length")) {
                    request.header(name, value);
                }
            });
            try {
                return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        HttpResponse<byte[]> send() {
            return send(new byte[0]);
        }
    }

    Granted toStore(String key, byte[] content) {
        return new Granted(granted(recording(key, content)));
    }

    Granted toPlay(String key) {
        return new Granted(granted(playback(key)));
    }
}
