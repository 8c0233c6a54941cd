package dev.sea.integrations.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.gateway.GatewayEvents;
import dev.sea.integrations.security.Caller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the answer to a request that ends in a problem, and logs it. Nothing else does. */
@ApplicationScoped
public class ProblemAnswers {
    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

    private final ObjectMapper json;
    private final Caller caller;
    private final CurrentVertxRequest request;

    public ProblemAnswers(ObjectMapper json, Caller caller, CurrentVertxRequest request) {
        this.json = json;
        this.caller = caller;
        this.request = request;
    }

    /** The answer to an exception, with {@code Retry-After} in seconds if the exception has one. */
    public Response.ResponseBuilder of(ProblemException exception) {
        Response.ResponseBuilder answer = answer(
                exception.type(), exception.detail(), exception.errors(), exception.extensions(), exception.getCause());
        exception.retryAfter().ifPresent(wait -> answer.header("Retry-After", wait.toSeconds()));
        return answer;
    }

    Response.ResponseBuilder of(ProblemType type, String detail) {
        return answer(type, detail, List.of(), Map.of(), null);
    }

    /** For unexpected exceptions: the log has the stack trace, and the caller gets only the request ID to ask about. */
    Response.ResponseBuilder ofUnexpected(Throwable cause) {
        return answer(
                ProblemType.INTERNAL,
                "The service failed to complete the request. Give its operators the request ID.",
                List.of(),
                Map.of(),
                cause);
    }

    private Response.ResponseBuilder answer(
            ProblemType type,
            String detail,
            List<FieldError> errors,
            Map<String, Object> extensions,
            @Nullable Throwable cause) {
        String path = GatewayEvents.base(request.getCurrent())
                + request.getCurrent().request().path();
        String requestId = caller.requestId();
        LOG.logf(
                type.logLevel(),
                type == ProblemType.INTERNAL ? cause : null,
                "%s %s: %d %s, request %s%s",
                request.getCurrent().request().method(),
                path,
                type.status(),
                type.uri(),
                requestId,
                cause == null ? "" : ", because of " + cause);
        Problem problem =
                new Problem(type.uri(), type.title(), type.status(), detail, path, requestId, errors, extensions);
        return Response.status(type.status()).type(Problem.MEDIA_TYPE).entity(write(problem));
    }

    private String write(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a problem could not be written as JSON", impossible);
        }
    }
}
