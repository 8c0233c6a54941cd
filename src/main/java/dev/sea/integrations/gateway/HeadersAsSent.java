package dev.sea.integrations.gateway;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Puts back the headers that the Lambda extension has split at their commas, where the commas at the end are lost. The gateway
 * has joined headers that came more than once with commas, which means the same.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.3">RFC 9110, Field Order</a>
 */
public class HeadersAsSent {
    /** Before all filters that look at headers. */
    private static final int FIRST = 2100;

    void add(@Observes Filters filters) {
        filters.register(HeadersAsSent::restore, FIRST);
    }

    private static void restore(RoutingContext request) {
        GatewayEvents.of(request).ifPresent(event -> {
            Map<String, String> sent = event.getHeaders();
            if (sent != null) {
                sent.forEach((name, value) -> restore(request.request().headers(), name, value));
            }
        });
        request.next();
    }

    private static void restore(MultiMap headers, String name, String value) {
        if (value != null && value.indexOf(',') >= 0) {
            headers.set(name, value);
        }
    }
}
