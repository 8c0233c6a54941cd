package dev.sea.integrations.testing;

import java.util.Map;

/**
 * A user of a fake identity provider, who may do everything in the tenant.
 *
 * @param subject the token's {@code sub}
 * @param tenant the token's {@code custom:tenant_id}
 */
public record FakeUser(String subject, String tenant) {

    public String email() {
        return subject + "@example.com";
    }

    /** The same user, as the API's caller. */
    public Gateway gateway() {
        return Gateway.with(claims());
    }

    Map<String, String> claims() {
        return Map.of(
                "sub", subject, "email", email(), "custom:tenant_id", tenant, "cognito:groups", "[SEA_SYSTEM_ADMIN]");
    }
}
