package dev.sea.integrations.integration;

/**
 * A role that a customer is to make, and what for.
 *
 * @param path {@code /}, or {@code /.../}
 */
public record WantedRole(Target target, boolean sessionMetadata, ExternalId externalId, String path, RoleName name) {}
