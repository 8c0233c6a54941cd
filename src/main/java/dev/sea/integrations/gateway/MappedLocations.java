package dev.sea.integrations.gateway;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Completes the path of a {@code Location} with the base that the client knows, such as {@code /sea}. Here, at the edge, since
 * an answer that is repeated may go to a client that uses another address.
 */
public class MappedLocations {
    private final CurrentVertxRequest request;

    public MappedLocations(CurrentVertxRequest request) {
        this.request = request;
    }

    @ServerResponseFilter
    public void complete(ContainerResponseContext answer) {
        if (answer.getHeaders().getFirst(HttpHeaders.LOCATION) instanceof String path && path.startsWith("/")) {
            answer.getHeaders().putSingle(HttpHeaders.LOCATION, GatewayEvents.base(request.getCurrent()) + path);
        }
    }
}
