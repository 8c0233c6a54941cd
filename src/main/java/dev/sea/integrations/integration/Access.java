package dev.sea.integrations.integration;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a stored integration reaches its bucket: SEA's two authentication methods. */
public sealed interface Access {

    /** The method's name in the API. */
    @Schema(name = "AccessMethod")
    enum Method {
        ASSUME_ROLE,
        ACCESS_CREDENTIAL
    }

    default Method method() {
        return switch (this) {
            case AssumedRole _ -> Method.ASSUME_ROLE;
            case StoredKeys _ -> Method.ACCESS_CREDENTIAL;
        };
    }

    /** The name of the secret that it needs; empty for a role. */
    default Optional<String> secret() {
        return switch (this) {
            case AssumedRole _ -> Optional.empty();
            case StoredKeys keys -> Optional.of(keys.secretName());
        };
    }

    /** Assume Role: temporary credentials through STS, per request. */
    record AssumedRole(RoleArn role, ExternalId externalId) implements Access {}

    /**
     * Access Credential: keys kept in Secrets Manager.
     *
     * @param secretName the secret that holds them; a new one for every change
     */
    record StoredKeys(AccessKeyId accessKeyId, String secretName, Instant setAt) implements Access {}
}
