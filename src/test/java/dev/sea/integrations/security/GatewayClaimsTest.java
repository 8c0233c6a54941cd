package dev.sea.integrations.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.testing.Configured;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Other providers call the claims otherwise. */
class GatewayClaimsTest {
    private final GatewayClaims claims = new GatewayClaims(Configured.only(Map.of(
                    "sea.security.tenant-claim", "https://sea.example.com/tenant", "sea.security.roles-claim", "roles"))
            .getConfigMapping(SeaConfig.class));

    @Test
    void tenantAndRolesAreInTheClaimsThatTheDeploymentNames() {
        Map<String, String> presented =
                Map.of("https://sea.example.com/tenant", "acme", "roles", "SEA_ACCESS_ADMIN reader");

        assertThat(claims.tenant(presented)).contains(new Tenant("acme"));
        assertThat(claims.roles(presented, "")).containsExactly("SEA_ACCESS_ADMIN");
    }

    @Test
    void claimsOfOtherNamesSayNothing() {
        Map<String, String> presented = Map.of("custom:tenant_id", "acme", "cognito:groups", "[SEA_SYSTEM_ADMIN]");

        assertThat(claims.tenant(presented)).isEmpty();
        assertThat(claims.roles(presented, "")).isEmpty();
    }
}
