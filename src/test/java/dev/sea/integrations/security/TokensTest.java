package dev.sea.integrations.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
                "[SEA_WORKFLOW]                       | 403 | 403",
                "[SEA_ACCESS_ADMIN]                   | 200 | 403",
                "[other SEA_SYSTEM_ADMIN eu-west-1_x] | 200 | 201",
                "[SEA_ACCESS_ADMIN,SEA_SYSTEM_ADMIN]  | 403 | 403",
                "[x,SEA_SYSTEM_ADMIN,y]               | 403 | 403",
                "SEA_ACCESS_ADMIN,SEA_SYSTEM_ADMIN    | 403 | 403",
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

    /** The gateway tells a group with a blank and two groups in the same way. */
    @Test
    void aGroupWithABlankIsOneGroup() {
        Gateway caller = of("[Former SEA_SYSTEM_ADMIN]");
        ObjectNode payload = caller.payload();
        payload.putArray("cognito:groups").add("Former SEA_SYSTEM_ADMIN");

        assertThat(presenting(caller, payload).get(SETTINGS).status()).isEqualTo(403);
    }

    @Test
    void aGroupWithABlankDoesNotHideTheOthers() {
        Gateway caller = of("[Former SEA_SYSTEM_ADMIN SEA_ACCESS_ADMIN]");
        ObjectNode payload = caller.payload();
        payload.putArray("cognito:groups").add("Former SEA_SYSTEM_ADMIN").add("SEA_ACCESS_ADMIN");

        assertThat(presenting(caller, payload).get(SETTINGS).status()).isEqualTo(200);
        assertThat(presenting(caller, payload).post(CHANGE, null).status()).isEqualTo(403);
    }

    @Test
    void theTokenMayComeWithoutItsScheme() {
        Gateway caller = of("[other SEA_SYSTEM_ADMIN]");

        assertThat(caller.header("authorization", Gateway.token(caller.payload()))
                        .get(SETTINGS)
                        .status())
                .isEqualTo(200);
        assertThat(caller.header("authorization", "bearer " + Gateway.token(caller.payload()))
                        .get(SETTINGS)
                        .status())
                .isEqualTo(200);
    }

    static List<UnaryOperator<ObjectNode>> otherTokens() {
        return List.of(
                payload -> payload.put("iss", "https://issuer.example.com"),
                payload -> payload.put("sub", "eve"),
                payload -> payload.put("iat", 1795687201),
                payload -> payload.put("exp", 1795690801),
                payload -> payload.put("exp", "1795690800"),
                payload -> without(payload, "iss"),
                payload -> without(payload, "sub"),
                payload -> without(payload, "iat"),
                payload -> without(payload, "exp"),
                payload -> without(payload, "cognito:groups"),
                payload -> payload.put("cognito:groups", "[other SEA_SYSTEM_ADMIN]"),
                payload -> payload.<ObjectNode>set(
                        "cognito:groups", payload.arrayNode().add("SEA_SYSTEM_ADMIN")),
                payload -> payload.<ObjectNode>set(
                        "cognito:groups",
                        payload.arrayNode().add("other").add("SEA_SYSTEM_ADMIN").add(1)));
    }

    @ParameterizedTest
    @MethodSource("otherTokens")
    void anotherTokenGivesNoRoles(UnaryOperator<ObjectNode> change) {
        Gateway caller = of("[other SEA_SYSTEM_ADMIN]");

        assertThat(presenting(caller, change.apply(caller.payload()))
                        .get(SETTINGS)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic YTpi",
                "Bearer a.b.c",
                "Bearer e30.bnVsbA.e30",
                "Bearer ..",
                "Bearer e30.W10.e30"
            })
    void severalRolesWithoutTheTokenAreNone(String authorization) {
        assertThat(of("[other SEA_SYSTEM_ADMIN]")
                        .header("authorization", authorization)
                        .get(SETTINGS)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void severalRolesWithoutAHeaderAreNone() {
        ObjectNode event = of("[other SEA_SYSTEM_ADMIN]").event("GET", SETTINGS, null);
        event.withObject("/headers").remove("authorization");

        assertThat(Gateway.invoke(event).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "NULL",
                "None",
                "undefined",
                "nil",
                "NaN",
                "unknown",
                "-",
                "..",
                "_",
                "",
                " ",
                "[acme]",
                "acme beta",
                "acme/beta",
                "acme#INT",
                "\u0430cme",
                "acme\n",
                "*"
            })
    void aTenantThatIsNoneIsNotMadeOne(String claim) {
        assertThat(Gateway.admin(claim).get(SETTINGS).status()).isEqualTo(403);
    }

    @Test
    void aTenantHas64CharactersAtMost() {
        assertThat(Gateway.admin("t".repeat(64)).get(SETTINGS).status()).isEqualTo(200);
        assertThat(Gateway.admin("t".repeat(65)).get(SETTINGS).status()).isEqualTo(403);
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

    private Gateway of(String groups) {
        return Gateway.with(Map.of("sub", "ada", "custom:tenant_id", tenant, "cognito:groups", groups));
    }

    private static ObjectNode without(ObjectNode payload, String claim) {
        payload.remove(claim);
        return payload;
    }

    private static Gateway presenting(Gateway caller, ObjectNode payload) {
        return caller.header("authorization", "Bearer " + Gateway.token(payload));
    }

    private void assertThatItMayChange(Map<String, String> claims) {
        Gateway caller = Gateway.with(claims);

        assertThat(caller.get(SETTINGS).status()).isEqualTo(200);
        assertThat(caller.post(CHANGE, null).status()).isEqualTo(201);
    }
}
