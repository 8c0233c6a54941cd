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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the caller's identity from the claims in the gateway's event, and never from a header, which a client could
 * write.
 *
 * <p>The Lambda extension's own mechanism requires {@code cognito:username}, which only ID tokens of Cognito have. A
 * request without claims is answered with 401. Claims without a tenant give no role, so every endpoint answers 403. An
 * event that the gateway did not make comes from the scheduler: IAM lets nobody else invoke a function.
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
                .map(this::identity)
                .or(GatewayAuthentication::developer)
                .or(() -> event.filter(it -> !GatewayEvents.isFromGateway(it)).map(_ -> scheduler()));
    }

    private static Optional<Map<String, String>> claims(APIGatewayV2HTTPEvent event) {
        return Optional.ofNullable(event.getRequestContext())
                .map(APIGatewayV2HTTPEvent.RequestContext::getAuthorizer)
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer::getJwt)
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT::getClaims);
    }

    private SecurityIdentity identity(Map<String, String> token) {
        Optional<Tenant> tenant = claims.tenant(token);
        QuarkusSecurityIdentity.Builder identity =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(claims.subject(token)));
        tenant.ifPresent(known -> identity.addAttribute(TENANT, known).addRoles(claims.roles(token)));
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
                .addRoles(Set.of(Role.SYSTEM_ADMIN, Role.SCHEDULER))
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
