package dev.sea.integrations.security;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.sea.integrations.gateway.GatewayEvents;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a caller's identity from the claims in the gateway's event. A client can write a header, so a header gives no
 * identity: {@code Authorization} only tells how a list in the claims was divided, and only if it holds the token of these
 * claims.
 *
 * <p>The extension's own mechanism asks for {@code cognito:username} and so accepts ID tokens only. Without claims a request
 * gets 401. Claims without a tenant give no role, so every endpoint answers 403. An event that did not come from the gateway
 * is the scheduler's, since nobody else may invoke the function.
 */
@ApplicationScoped
public class GatewayAuthentication implements HttpAuthenticationMechanism {
    static final String TENANT = "tenant";
    private static final int UNAUTHORIZED = 401;

    private final GatewayClaims claims;

    public GatewayAuthentication(GatewayClaims claims) {
        this.claims = claims;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        return Uni.createFrom().optional(identity(request));
    }

    private Optional<SecurityIdentity> identity(RoutingContext request) {
        Optional<APIGatewayV2HTTPEvent> event = GatewayEvents.of(request);
        return event.flatMap(GatewayAuthentication::claims)
                .map(presented -> identity(
                        presented,
                        event.map(GatewayAuthentication::authorization).orElse("")))
                .or(GatewayAuthentication::developer)
                .or(() -> event.filter(it -> !GatewayEvents.isFromGateway(it)).map(_ -> scheduler()));
    }

    private static Optional<Map<String, String>> claims(APIGatewayV2HTTPEvent event) {
        return Optional.ofNullable(event.getRequestContext())
                .map(APIGatewayV2HTTPEvent.RequestContext::getAuthorizer)
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer::getJwt)
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT::getClaims);
    }

    private static String authorization(APIGatewayV2HTTPEvent event) {
        return Optional.ofNullable(event.getHeaders()).orElse(Map.of()).entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(HttpHeaders.AUTHORIZATION))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private SecurityIdentity identity(Map<String, String> presented, String authorization) {
        Optional<Tenant> tenant = claims.tenant(presented);
        QuarkusSecurityIdentity.Builder identity =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(claims.subject(presented)));
        tenant.ifPresent(
                known -> identity.addAttribute(TENANT, known).addRoles(claims.roles(presented, authorization)));
        return identity.build();
    }

    private static SecurityIdentity scheduler() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("scheduler"))
                .addRole(Role.SCHEDULER)
                .build();
    }

    private static Optional<SecurityIdentity> developer() {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            return Optional.empty();
        }
        return Optional.of(QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("developer"))
                .addRoles(Set.of(Role.SYSTEM_ADMIN, Role.WORKFLOW, Role.SCHEDULER))
                .addAttribute(TENANT, new Tenant("demo"))
                .build());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
