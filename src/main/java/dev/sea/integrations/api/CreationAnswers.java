package dev.sea.integrations.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.lifecycle.Integrations;
import dev.sea.integrations.problem.ProblemAnswers;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.report.ReportView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;

/** Answers to a creation, written out, so that they can be kept. */
@ApplicationScoped
class CreationAnswers {
    private final ObjectMapper json;
    private final ProblemAnswers problems;

    CreationAnswers(ObjectMapper json, ProblemAnswers problems) {
        this.json = json;
        this.problems = problems;
    }

    RecordedAnswer created(Integrations.Created created) {
        Integration integration = created.integration();
        IntegrationView view = IntegrationView.of(
                integration, created.report().map(ReportView::of).orElse(null));
        return recorded(Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON)
                // Relative, since behind the gateway nobody here knows the public name.
                .header(HttpHeaders.LOCATION, "/v1/integrations/" + integration.id())
                .header(HttpHeaders.ETAG, IfMatch.tag(integration.version()))
                .entity(write(view))
                .build());
    }

    RecordedAnswer refused(ProblemException problem) {
        return recorded(problems.of(problem).build());
    }

    Response response(RecordedAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                response.type(value);
            } else {
                response.header(name, value);
            }
        });
        return response.build();
    }

    /** Its entity is text already. */
    private static RecordedAnswer recorded(Response response) {
        Map<String, String> headers = new TreeMap<>();
        response.getHeaders().forEach((name, values) -> headers.put(name, String.valueOf(values.getFirst())));
        return new RecordedAnswer(response.getStatus(), headers, String.valueOf(response.getEntity()));
    }

    private String write(IntegrationView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an integration that cannot be written", impossible);
        }
    }
}
