package dev.sea.integrations.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Sets on every answer, whoever gives it, that it comes by HTTPS only and is what its Content-Type says, and that nobody
 * keeps it. The page's files say themselves how long they may be kept.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6797">RFC 6797, HTTP Strict Transport Security</a>
 * @see <a href="https://fetch.spec.whatwg.org/#x-content-type-options-header">X-Content-Type-Options</a>
 */
public class AnswerHeaders {
    /** Before all other filters, whose answers need the headers too. */
    private static final int FIRST = 3000;

    void add(@Observes Filters filters) {
        filters.register(AnswerHeaders::filter, FIRST);
    }

    private static void filter(RoutingContext request) {
        request.addHeadersEndHandler(_ -> set(request.response().headers()));
        request.next();
    }

    private static void set(MultiMap headers) {
        headers.set("Strict-Transport-Security", "max-age=31536000");
        headers.set("X-Content-Type-Options", "nosniff");
        if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
        }
    }
}
