package dev.sea.integrations.problem;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers requests that a filter refuses before JAX-RS sees them. */
@ApplicationScoped
public class EarlyProblems {
    private final ProblemMapper problems;
    private final CurrentVertxRequest current;

    public EarlyProblems(ProblemMapper problems, CurrentVertxRequest current) {
        this.problems = problems;
        this.current = current;
    }

    /** Answers as for an unknown path. */
    public void notFound(RoutingContext request) {
        // JAX-RS would have activated the context; the problem's request ID needs it.
        ManagedContext context = Arc.container().requestContext();
        context.activate();
        try {
            current.setCurrent(request);
            Response problem = problems.unknownPath(new NotFoundException());
            request.response()
                    .setStatusCode(problem.getStatus())
                    .putHeader(HttpHeaders.CONTENT_TYPE, problem.getMediaType().toString())
                    .end((String) problem.getEntity());
        } finally {
            context.terminate();
        }
    }
}
