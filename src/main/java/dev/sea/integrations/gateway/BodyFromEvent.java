package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request's body from the event, which has it whole, and not from the HTTP server. The Lambda extension gives the
 * server the head and the end of a request one after the other, from a thread of its own. On a busy machine, the server
 * missed an end (seen after 16,000 requests), and the invocation then waited until Lambda stopped it.
 */
public class BodyFromEvent {
    private final CurrentVertxRequest request;

    public BodyFromEvent(CurrentVertxRequest request) {
        this.request = request;
    }

    @ServerRequestFilter(preMatching = true)
    public void take(ContainerRequestContext context) {
        GatewayEvents.of(request.getCurrent())
                .ifPresent(event -> context.setEntityStream(new ByteArrayInputStream(body(event))));
    }

    private static byte[] body(APIGatewayV2HTTPEvent event) {
        @Nullable String body = event.getBody();
        if (body == null) {
            return new byte[0];
        }
        return event.getIsBase64Encoded() ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
    }
}
