package dev.sea.integrations.input;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a query that has a parameter twice, because it is not clear which value is meant. */
public class RepeatedParameters {

    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        List<FieldError> repeated = request.getUriInfo().getQueryParameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().size() > 1)
                .map(parameter ->
                        new FieldError(parameter.getKey(), "REPEATED", "This parameter may be given only once."))
                .toList();
        if (!repeated.isEmpty()) {
            throw new InvalidInput(repeated);
        }
    }
}
