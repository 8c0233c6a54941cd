package dev.sea.integrations.integration;

import java.time.Instant;

/** How a stored integration gets at its bucket: SEA's two authentication methods. */
public sealed interface Access {

    /** The method's name in the API. */
    enum Method {
        ASSUME_ROLE,
        ACCESS_CREDENTIAL
    }

    /** Assume Role: temporary credentials through STS, per request. */
    record AssumedRole(RoleArn role, ExternalId externalId) implements Access {}

    /**
     * Access Credential: keys kept in Secrets Manager.
     *
     * @param secretName the secret that holds them; another one for every change
     */
    record StoredKeys(AccessKeyId accessKeyId, String secretName, Instant setAt) implements Access {}
}
