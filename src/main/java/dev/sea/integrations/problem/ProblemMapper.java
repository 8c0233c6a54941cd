package dev.sea.integrations.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns each exception of an endpoint, and of the steps before it, into a problem. */
public class ProblemMapper {
    private final ProblemAnswers answers;

    public ProblemMapper(ProblemAnswers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException exception) {
        return answers.of(exception).build();
    }

    /** Needs a mapper of its own beside its superclass; without it, Quarkus answers unknown paths with an HTML page. */
    @ServerExceptionMapper
    public Response unknownPath(NotFoundException exception) {
        return framework(exception);
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException exception) {
        // INTERNAL means an accident inside the framework, such as a body that broke off.
        ProblemType type = ProblemType.ofFrameworkStatus(exception.getResponse().getStatus());
        if (type == ProblemType.INTERNAL) {
            return answers.ofUnexpected(exception).build();
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
    public Response unexpected(Throwable exception) {
        return answers.ofUnexpected(exception).build();
    }

    private static String detail(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED -> "The request has no token that the gateway accepts.";
            case FORBIDDEN -> "The token has no tenant, or none of the roles that this call needs.";
            case NOT_FOUND -> "There is nothing at this path.";
            case METHOD_NOT_ALLOWED -> "This path does not support this method.";
            case NOT_ACCEPTABLE -> "This API answers with application/json only.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "Send the body as application/json. A change may also be application/merge-patch+json.";
            default -> type.title() + ".";
        };
    }
}
