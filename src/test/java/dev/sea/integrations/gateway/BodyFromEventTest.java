package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.sea.integrations.testing.Gateway;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.netty.runtime.virtual.VirtualClientConnection;
import io.quarkus.netty.runtime.virtual.VirtualResponseHandler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.QuarkusHttpHeaders;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class BodyFromEventTest {
    /** The server gets the head of each request only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/integrations | {\"type\": \"S3\"} | 400",
                "POST | /v1/integrations | {}                 | 400",
                "POST | /v1/policies     | {}                 | 400",
                "POST | /v1/external-ids |                    | 201",
            })
    void aRequestIsAnsweredThoughTheServerMissesItsEnd(String method, String path, @Nullable String body, int status)
            throws Exception {
        JsonObject sent = new JsonObject(
                Gateway.admin(Gateway.freshTenant()).event(method, path, body).toString());
        APIGatewayV2HTTPEvent event = sent.mapTo(ReceivedEvent.class);
        QuarkusHttpHeaders headers = new QuarkusHttpHeaders();
        headers.setContextObject(APIGatewayV2HTTPEvent.class, event);
        headers.setContextObject(APIGatewayV2HTTPEvent.RequestContext.class, event.getRequestContext());
        event.getHeaders().forEach(headers::add);
        Status answered = new Status();
        VirtualClientConnection<?> connection =
                VirtualClientConnection.connect(answered, VertxHttpRecorder.VIRTUAL_HTTP);

        connection.sendMessage(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), path, headers));

        try {
            assertThat(answered.status.get(20, TimeUnit.SECONDS)).isEqualTo(status);
        } finally {
            connection.close();
        }
    }

    private static final class Status implements VirtualResponseHandler {
        final CompletableFuture<Integer> status = new CompletableFuture<>();

        @Override
        public void handleMessage(Object part) {
            if (part instanceof HttpResponse head) {
                status.complete(head.status().code());
            }
            ReferenceCountUtil.release(part);
        }

        @Override
        public void close() {}
    }
}
