package dev.sea.integrations.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every exception that leaves an endpoint, or that kept a request from reaching one, with a problem. */
public class ProblemMapper {
    private final ProblemAnswers answers;

    public ProblemMapper(ProblemAnswers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException exception) {
        return answers.of(exception).build();
    }

    /** No path of ours. Named beside its superclass, or Quarkus answers unknown paths with a page of its own. */
    @ServerExceptionMapper
    public Response unknownPath(NotFoundException exception) {
        return framework(exception);
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException exception) {
        // A cause is an accident inside the framework, such as a body that broke off.
        ProblemType type = ProblemType.ofFrameworkStatus(exception.getResponse().getStatus());
        if (type == ProblemType.INTERNAL) {
            return answers.ofUnforeseen(exception).build();
        }
        Response.ResponseBuilder answer = answers.of(type, detail(type));
        Object allow = exception.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? answer.build()
                : answer.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthenticated(SecurityException exception) {
        return answers.of(ProblemType.UNAUTHENTICATED, detail(ProblemType.UNAUTHENTICATED))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException exception) {
        return answers.of(ProblemType.FORBIDDEN, detail(ProblemType.FORBIDDEN)).build();
    }

    @ServerExceptionMapper
    public Response unforeseen(Throwable exception) {
        return answers.ofUnforeseen(exception).build();
    }

    private static String detail(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED -> "The request carries no token that the gateway accepted.";
            case FORBIDDEN -> "The token names no tenant, or none of the roles that this call needs.";
            case NOT_FOUND -> "There is nothing under this path.";
            case METHOD_NOT_ALLOWED -> "The path exists, but not with this method.";
            case NOT_ACCEPTABLE -> "This API answers with application/json.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "Send the body as application/json; a change as application/merge-patch+json too.";
            default -> type.title() + ".";
        };
    }
}
