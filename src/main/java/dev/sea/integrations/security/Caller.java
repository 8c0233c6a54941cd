package dev.sea.integrations.security;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import dev.sea.integrations.gateway.GatewayEvents;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.function.Function;

/** Who makes the current request. */
@RequestScoped
public class Caller {
    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;

    public Caller(SecurityIdentity identity, CurrentVertxRequest request) {
        this.identity = identity;
        this.request = request;
    }

    /**
     * The caller's tenant.
     *
     * @throws IllegalStateException when the caller has none; such a caller has no role, so no endpoint lets it in
     */
    public Tenant tenant() {
        Tenant tenant = identity.getAttribute(GatewayAuthentication.TENANT);
        if (tenant == null) {
            throw new IllegalStateException("a caller without a tenant passed the check of roles");
        }
        return tenant;
    }

    /**
     * The caller as a value.
     *
     * @throws IllegalStateException as {@link #tenant}
     */
    public Actor actor() {
        return new Actor(tenant(), subject(), sourceIp(), requestId());
    }

    /** Whether the token gives this role. */
    public boolean has(String role) {
        return identity.hasRole(role);
    }

    /** The token's subject. */
    public String subject() {
        return identity.getPrincipal().getName();
    }

    /** The caller's IP address as the gateway saw it; {@code unknown} outside the gateway. */
    public String sourceIp() {
        return context(context -> Optional.ofNullable(context.getHttp()).map(RequestContext.Http::getSourceIp));
    }

    /** The gateway's ID of the request, as in its access log; {@code unknown} outside the gateway. */
    public String requestId() {
        return context(context -> Optional.ofNullable(context.getRequestId()));
    }

    private String context(Function<RequestContext, Optional<String>> part) {
        return Optional.ofNullable(request.getCurrent())
                .flatMap(GatewayEvents::of)
                .map(APIGatewayV2HTTPEvent::getRequestContext)
                .flatMap(part)
                .orElse("unknown");
    }
}
