package dev.sea.integrations.security;

import dev.sea.integrations.SeaConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads tenant and roles from the claims of the JWT that the gateway's authorizer checked. API Gateway passes each claim
 * as a string, and a list as {@code [a b]}.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
@ApplicationScoped
class GatewayClaims {
    private final SeaConfig config;

    GatewayClaims(SeaConfig config) {
        this.config = config;
    }

    /** Empty when the claim is missing or is not a valid tenant; an invalid one is never corrected. */
    Optional<Tenant> tenant(Map<String, String> claims) {
        return Optional.ofNullable(claims.get(config.security().tenantClaim()))
                .filter(Tenant::isTenant)
                .map(Tenant::new);
    }

    /** The roles of SEA that the claim names; the other names in it are ignored. */
    Set<String> roles(Map<String, String> claims) {
        String roles = claims.getOrDefault(config.security().rolesClaim(), "").strip();
        if (roles.startsWith("[") && roles.endsWith("]")) {
            roles = roles.substring(1, roles.length() - 1);
        }
        return Arrays.stream(roles.split("[\\s,]+"))
                .filter(Role.OF_TOKENS::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The token's {@code sub}; {@code unknown} for a token without one. */
    String subject(Map<String, String> claims) {
        return claims.getOrDefault("sub", "unknown");
    }
}
