package dev.sea.integrations.grant;

import dev.sea.integrations.input.JsonBody;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** Answers requests for grants, whichever path they come by. */
@ApplicationScoped
public class GrantAnswers {
    private final Granting granting;
    private final JsonBody bodies;

    GrantAnswers(Granting granting, JsonBody bodies) {
        this.granting = granting;
        this.bodies = bodies;
    }

    /**
     * Reads the body, then finds the integration, then grants.
     *
     * @throws dev.sea.integrations.problem.ProblemException where the input breaks rules, or there is no such grant
     */
    public RestResponse<GrantView> to(Actor actor, Supplier<IntegrationId> integration, InputStream body) {
        Wanted wanted = bodies.read(body, GrantInput.class).wanted();
        GrantView view = GrantView.of(granting.grant(actor, integration.get(), wanted));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
