package dev.sea.integrations.page;

import dev.sea.integrations.problem.EarlyProblems;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Answers 404 for the folder that holds the page's files. Quarkus serves everything in {@code META-INF/resources}, without
 * our headers and in every function, but only {@link PageResource} may send the page. In development the folder is open, so
 * that a browser can show the modules as they are.
 */
public class HiddenPageFolder {
    private static final String PATH = "/page";
    /** The priority of the filter: before the handler of static files and everything else. */
    private static final int FIRST = 1000;

    private final EarlyProblems problems;

    public HiddenPageFolder(EarlyProblems problems) {
        this.problems = problems;
    }

    void close(@Observes Filters filters) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            filters.register(this::pass, FIRST);
        }
    }

    private void pass(RoutingContext request) {
        String path = request.request().path();
        if (path.equals(PATH) || path.startsWith(PATH + "/")) {
            problems.notFound(request);
        } else {
            request.next();
        }
    }
}
