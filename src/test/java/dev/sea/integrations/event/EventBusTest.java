package dev.sea.integrations.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.event.OutboxStore.Pending;
import dev.sea.integrations.testing.Configured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** PutEvents answers 200 also where it took only some of the entries, or none. */
class EventBusTest {
    private static final Pending FIRST =
            new Pending("OUTBOX#1", "int_1#1", "Integration Health Changed", "{}", Instant.EPOCH);
    private static final Pending SECOND = new Pending("OUTBOX#1", "int_1#2", "Recording Missing", "{}", Instant.EPOCH);
    static final SeaConfig CONFIG = Configured.only(Map.of("sea.function", "sweep", "sea.stage", "prod"))
            .getConfigMapping(SeaConfig.class);

    private HttpServer server;
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatItTookIsTaken() {
        answer = """
                {"FailedEntryCount": 0, "Entries": [{"EventId": "a"}, {"EventId": "b"}]}""";

        assertThat(bus().taken(List.of(FIRST, SECOND))).containsExactly(FIRST, SECOND);
    }

    @Test
    void whatFailedInASuccessfulAnswerIsNotTaken() {
        answer = """
                {"FailedEntryCount": 1, "Entries": [
                  {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}, {"EventId": "b"}]}""";

        assertThat(bus().taken(List.of(FIRST, SECOND))).containsExactly(SECOND);
    }

    @Test
    void anAnswerThatTellsOfTooFewTakesNoMoreThanItTells() {
        answer = """
                {"FailedEntryCount": 1, "Entries": [{"EventId": "a"}]}""";

        assertThat(bus().taken(List.of(FIRST, SECOND))).containsExactly(FIRST);
    }

    private EventBus bus() {
        EventBridgeClient events = EventBridgeClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        return new EventBus(events, CONFIG);
    }
}
