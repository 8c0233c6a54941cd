package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.QuarkusHttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The event behind a request, and the invocation, which the Lambda extension hangs on its headers. */
public final class GatewayEvents {
    private GatewayEvents() {}

    public static Optional<APIGatewayV2HTTPEvent> of(RoutingContext request) {
        return attached(request, APIGatewayV2HTTPEvent.class);
    }

    static Optional<Context> invocation(RoutingContext request) {
        return attached(request, Context.class);
    }

    /** Whether the gateway sent it: it always says which API, and whom its authorizer let in. */
    public static boolean isGateways(APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPEvent.RequestContext context = event.getRequestContext();
        return context == null || context.getApiId() != null || context.getAuthorizer() != null;
    }

    private static <T> Optional<T> attached(RoutingContext request, Class<T> type) {
        return request.request().headers() instanceof QuarkusHttpHeaders headers
                ? Optional.ofNullable(headers.getContextObject(type))
                : Optional.empty();
    }
}
