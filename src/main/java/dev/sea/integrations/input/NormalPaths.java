package dev.sea.integrations.input;

import dev.sea.integrations.problem.EarlyProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Answers 404 to a path that could be read in two ways: with an empty segment, {@code .} or {@code ..} as a segment, a
 * {@code ;}, or anything encoded. No path of this service needs any of them. Routers, filters and handlers normalize paths
 * each in their own way, so none of them gets to see such a path.
 */
public class NormalPaths {
    private static final String SEGMENTS = "(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~!$&'()*+,=:@-]+)+";

    /** Quarkus's own pages of development under {@code /q} end with a slash. */
    private static final Pattern NORMAL = Pattern.compile("/|" + SEGMENTS + "|/q" + SEGMENTS + "/");

    /** Before the router and all filters that look at the path. */
    private static final int FIRST = 2000;

    private final EarlyProblems problems;

    public NormalPaths(EarlyProblems problems) {
        this.problems = problems;
    }

    void add(@Observes Filters filters) {
        filters.register(this::pass, FIRST);
    }

    private void pass(RoutingContext request) {
        if (NORMAL.matcher(request.request().path()).matches()) {
            request.next();
        } else {
            problems.notFound(request);
        }
    }
}
