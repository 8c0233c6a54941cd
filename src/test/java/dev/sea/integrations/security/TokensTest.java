package dev.sea.integrations.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of every kind, with their claims as API Gateway hands them on: each a string, a list in brackets. */
@QuarkusTest
class TokensTest {
    private static final String SETTINGS = "/v1/settings";
    private static final String CHANGE = "/v1/external-ids";
    private final String tenant = Gateway.freshTenant();

    @Test
    void anIdTokenOfCognito() {
        assertThatItMayChange(Map.of(
                "sub", "6f0c3e1a-1111-2222-3333-444455556666",
                "token_use", "id",
                "aud", "1h57kf5cpq17m0eml12EXAMPLE",
                "cognito:username", "ada@example.com",
                "email_verified", "true",
                "custom:tenant_id", tenant,
                "cognito:groups", "[SEA_ACCESS_ADMIN SEA_SYSTEM_ADMIN]"));
    }

    @Test
    void anAccessTokenToWhichATriggerAddedTheTenant() {
        assertThatItMayChange(Map.of(
                "sub", "6f0c3e1a-1111-2222-3333-444455556666",
                "token_use", "access",
                "client_id", "1h57kf5cpq17m0eml12EXAMPLE",
                "scope", "openid",
                "username", "ada@example.com",
                "custom:tenant_id", tenant,
                "cognito:groups", "[SEA_SYSTEM_ADMIN]"));
    }

    /** No user is behind it: the client is who did it. */
    @Test
    void aClientCredentialsToken() {
        assertThatItMayChange(Map.of(
                "sub", "1h57kf5cpq17m0eml12EXAMPLE",
                "token_use", "access",
                "client_id", "1h57kf5cpq17m0eml12EXAMPLE",
                "scope", "sea/integrations",
                "custom:tenant_id", tenant,
                "cognito:groups", "SEA_SYSTEM_ADMIN"));
    }

    @Test
    void anAccessTokenWithoutTheTenantIsForbidden() {
        Gateway caller = Gateway.with(Map.of(
                "sub", "6f0c3e1a-1111-2222-3333-444455556666",
                "token_use", "access",
                "username", "ada@example.com",
                "cognito:groups", "[SEA_SYSTEM_ADMIN]"));

        assertThat(caller.get(SETTINGS).status()).isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}: reads {1}, changes {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[SEA_SYSTEM_ADMIN]                   | 200 | 201",
                "[SEA_ACCESS_ADMIN]                   | 200 | 403",
                "[other SEA_SYSTEM_ADMIN eu-west-1_x] | 200 | 201",
                "[SEA_ACCESS_ADMIN,SEA_SYSTEM_ADMIN]  | 200 | 201",
                "SEA_ACCESS_ADMIN SEA_SYSTEM_ADMIN    | 200 | 201",
                "SEA_ACCESS_ADMIN                     | 200 | 403",
                "[SEA_SYSTEM_ADMINISTRATOR]           | 403 | 403",
                "[sea_system_admin]                   | 403 | 403",
                "[[SEA_SYSTEM_ADMIN]]                 | 403 | 403",
                "[internal:scheduler]                 | 403 | 403",
                "[]                                   | 403 | 403",
                "''                                   | 403 | 403"
            })
    void rolesAreTakenByTheirWholeNames(String roles, int read, int changed) {
        Gateway caller = Gateway.with(Map.of("sub", "ada", "custom:tenant_id", tenant, "cognito:groups", roles));

        assertThat(caller.get(SETTINGS).status()).isEqualTo(read);
        assertThat(caller.post(CHANGE, null).status()).isEqualTo(changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[acme]", "acme beta", "acme/beta", "acme#INT", "\u0430cme", "acme\n", "*"})
    void aTenantThatIsNoneIsNotMadeOne(String claim) {
        assertThat(of(claim).get(SETTINGS).status()).isEqualTo(403);
    }

    @Test
    void aTenantHas64CharactersAtMost() {
        assertThat(of("t".repeat(64)).get(SETTINGS).status()).isEqualTo(200);
        assertThat(of("t".repeat(65)).get(SETTINGS).status()).isEqualTo(403);
    }

    /** The gateway alone fills in the claims; what a client writes beside them is nobody's identity. */
    @Test
    void headersAndQuerySayNothing() {
        Gateway caller = Gateway.with(Map.of("sub", "ada"))
                .header("x-tenant", tenant)
                .header("tenant_id", tenant)
                .header("authorization", "Bearer eyJhbGciOiJub25lIn0.eyJjdXN0b206dGVuYW50X2lkIjoiYWNtZSJ9.")
                .header("x-amzn-oidc-data", "e30=.e30=.e30=");

        assertThat(caller.get(SETTINGS + "?custom:tenant_id=" + tenant + "&cognito:groups=SEA_SYSTEM_ADMIN")
                        .status())
                .isEqualTo(403);
    }

    private static Gateway of(String tenant) {
        return Gateway.with(Map.of("sub", "ada", "custom:tenant_id", tenant, "cognito:groups", "[SEA_SYSTEM_ADMIN]"));
    }

    private void assertThatItMayChange(Map<String, String> claims) {
        Map<String, String> presented = new HashMap<>(claims);
        presented.put("iss", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE");
        Gateway caller = Gateway.with(presented);

        assertThat(caller.get(SETTINGS).status()).isEqualTo(200);
        assertThat(caller.post(CHANGE, null).status()).isEqualTo(201);
    }
}
