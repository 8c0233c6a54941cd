package dev.sea.integrations.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.lifecycle.Creation;
import dev.sea.integrations.problem.ProblemAnswers;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.report.ReportView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Answers to a creation, with their body as text, so that they can be kept. */
@ApplicationScoped
class CreationAnswers {
    private final ObjectMapper json;
    private final ProblemAnswers problems;

    CreationAnswers(ObjectMapper json, ProblemAnswers problems) {
        this.json = json;
        this.problems = problems;
    }

    Response created(Creation.Created created) {
        Integration integration = created.integration();
        IntegrationView view = IntegrationView.of(
                integration, created.report().map(ReportView::of).orElse(null));
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON)
                // Relative: the service does not know its public name behind the gateway.
                .header(HttpHeaders.LOCATION, "/v1/integrations/" + integration.id())
                .header(HttpHeaders.ETAG, IfMatch.tag(integration.version()))
                .entity(write(view))
                .build();
    }

    Response refused(ProblemException problem) {
        return problems.of(problem).build();
    }

    private String write(IntegrationView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an integration that cannot be written", impossible);
        }
    }
}
