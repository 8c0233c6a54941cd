package dev.sea.integrations.security;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.QuarkusHttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The event behind a request, which the Lambda extension hangs on its headers. */
final class GatewayEvents {
    private GatewayEvents() {}

    static Optional<APIGatewayV2HTTPEvent> of(RoutingContext request) {
        return request.request().headers() instanceof QuarkusHttpHeaders headers
                ? Optional.ofNullable(headers.getContextObject(APIGatewayV2HTTPEvent.class))
                : Optional.empty();
    }
}
