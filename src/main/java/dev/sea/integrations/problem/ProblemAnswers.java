package dev.sea.integrations.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.security.Caller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the answer and the log line of a problem: the one place that does. */
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

    public Response.ResponseBuilder of(ProblemException exception) {
        Response.ResponseBuilder answer = answer(
                exception.type(), exception.detail(), exception.errors(), exception.extensions(), exception.getCause());
        exception.retryAfter().ifPresent(wait -> answer.header("Retry-After", wait.toSeconds()));
        return answer;
    }

    Response.ResponseBuilder of(ProblemType type, String detail) {
        return answer(type, detail, List.of(), Map.of(), null);
    }

    /** Whatever nobody foresaw: the log has it all, the caller learns no more than where to look. */
    Response.ResponseBuilder ofUnforeseen(Throwable cause) {
        return answer(
                ProblemType.INTERNAL,
                "The request could not be completed. Quote the request ID to the operators.",
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
        String path = request.getCurrent().request().path();
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
            throw new IllegalStateException("a problem that cannot be written", impossible);
        }
    }
}
