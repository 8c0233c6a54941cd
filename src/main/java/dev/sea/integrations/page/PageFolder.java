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
 * Quarkus serves whatever lies in {@code META-INF/resources}, without our headers and to whichever function was asked. The
 * page goes out by {@link PageResource} only; its folder is not there for others, save in development, where a browser may
 * look at the modules as they are.
 */
public class PageFolder {
    private static final String PATH = "/page";
    /** Before everything else, the static files among them. */
    private static final int FIRST = 1000;

    private final ProblemMapper problems;
    private final CurrentVertxRequest current;

    public PageFolder(ProblemMapper problems, CurrentVertxRequest current) {
        this.problems = problems;
        this.current = current;
    }

    void close(@Observes Filters filters) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            filters.register(this::pass, FIRST);
        }
    }

    private void pass(RoutingContext request) {
        // Decoded as the handler of static files does, which takes an encoded slash for one.
        String path = URLDecoder.decode(request.normalizedPath().replace("+", "%2B"), StandardCharsets.UTF_8);
        if (path.equals(PATH) || path.startsWith(PATH + "/")) {
            refuse(request);
        } else {
            request.next();
        }
    }

    /** As an unknown path is answered. No request context is there yet. */
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
