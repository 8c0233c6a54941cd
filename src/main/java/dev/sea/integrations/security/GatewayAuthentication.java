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
 * Identity from the claims in the gateway's event, and from nothing that a client can write: no header is read.
 *
 * <p>A mechanism of our own, since the extension's asks for {@code cognito:username} and so knows ID tokens only. No
 * claims are a 401; claims without a tenant give no role, which every endpoint answers with 403. An event that no
 * gateway made is the scheduler's, since nobody else may invoke a function.
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
        return event.flatMap(GatewayAuthentication::presented)
                .map(this::identity)
                .or(GatewayAuthentication::developer)
                .or(() -> event.filter(it -> !GatewayEvents.isGateways(it)).map(_ -> scheduler()));
    }

    private static Optional<Map<String, String>> presented(APIGatewayV2HTTPEvent event) {
        return Optional.ofNullable(event.getRequestContext())
                .map(APIGatewayV2HTTPEvent.RequestContext::getAuthorizer)
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer::getJwt)
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT::getClaims);
    }

    private SecurityIdentity identity(Map<String, String> presented) {
        Optional<Tenant> tenant = claims.tenant(presented);
        QuarkusSecurityIdentity.Builder identity =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(claims.subject(presented)));
        tenant.ifPresent(known -> identity.addAttribute(TENANT, known).addRoles(claims.roles(presented)));
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
