package dev.sea.integrations.page;

import dev.sea.integrations.problem.ProblemMapper;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Answers 404 for the folder that holds the page's files. Quarkus serves everything in {@code META-INF/resources}, without
 * our headers and in every function, but only {@link PageResource} may send the page. In development the folder is open, so
 * that a browser can show the modules as they are.
 */
public class HiddenPageFolder {
    private static final String PATH = "/page";
    /** The priority of the filter: before the handler of static files and everything else. */
    private static final int FIRST = 1000;

    private final ProblemMapper problems;
    private final CurrentVertxRequest current;

    public HiddenPageFolder(ProblemMapper problems, CurrentVertxRequest current) {
        this.problems = problems;
        this.current = current;
    }

    void close(@Observes Filters filters) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            filters.register(this::pass, FIRST);
        }
    }

    private void pass(RoutingContext request) {
        // Decoded as by the handler of static files, for which an encoded slash is a slash.
        String path = URLDecoder.decode(request.normalizedPath().replace("+", "%2B"), StandardCharsets.UTF_8);
        if (path.equals(PATH) || path.startsWith(PATH + "/")) {
            refuse(request);
        } else {
            request.next();
        }
    }

    /** Gives the answer of an unknown path. The request has no CDI context yet, so this activates one. */
    private void refuse(RoutingContext request) {
        ManagedContext context = Arc.container().requestContext();
        context.activate();
        try {
            current.setCurrent(request);
            Response problem = problems.unknownPath(new NotFoundException());
            request.response()
                    .setStatusCode(problem.getStatus())
                    .putHeader("Content-Type", problem.getMediaType().toString())
                    .end((String) problem.getEntity());
        } finally {
            context.terminate();
        }
    }
}
