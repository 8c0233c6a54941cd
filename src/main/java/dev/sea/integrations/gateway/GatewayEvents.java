package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.QuarkusHttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The Lambda event and context behind a request, which the Lambda extension attaches to the request's headers. */
public final class GatewayEvents {
    private GatewayEvents() {}

    /** The event that the request was made from; empty outside Lambda. */
    public static Optional<APIGatewayV2HTTPEvent> of(RoutingContext request) {
        return attached(request, APIGatewayV2HTTPEvent.class);
    }

    /** The invocation's context; empty outside Lambda. */
    static Optional<Context> invocation(RoutingContext request) {
        return attached(request, Context.class);
    }

    /**
     * Whether the gateway sent the event: its events always name the API. The scheduler writes its own events, with a
     * context that names neither an API nor an authorizer. An event without a context counts as the gateway's, which
     * gives it fewer rights.
     */
    public static boolean isFromGateway(APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPEvent.RequestContext context = event.getRequestContext();
        return context == null || context.getApiId() != null || context.getAuthorizer() != null;
    }

    /**
     * What stands before the routes in the paths that the client knows, such as {@code /sea} behind a path mapping. Empty in
     * the stage {@code $default} without a mapping, and outside Lambda.
     */
    public static String base(RoutingContext request) {
        return of(request).map(MappedPath::of).map(MappedPath::base).orElse("");
    }

    private static <T> Optional<T> attached(RoutingContext request, Class<T> type) {
        return request.request().headers() instanceof QuarkusHttpHeaders headers
                ? Optional.ofNullable(headers.getContextObject(type))
                : Optional.empty();
    }
}
