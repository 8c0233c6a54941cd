package dev.sea.integrations.input;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.integration.Target;

/**
 * A role that a customer is to make, and what for.
 *
 * @param path {@code /}, or {@code /.../}
 */
public record WantedRole(Target target, boolean sessionMetadata, ExternalId externalId, String path, RoleName name) {}
