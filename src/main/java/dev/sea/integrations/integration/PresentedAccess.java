package dev.sea.integrations.integration;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.SecretAccessKey;

/** Access with its secret at hand: {@link Access} before its secret is stored, and again when it is used. */
public sealed interface PresentedAccess {

    record Role(RoleArn role, ExternalId externalId) implements PresentedAccess {}

    record Keys(AccessKeyId accessKeyId, SecretAccessKey secretAccessKey) implements PresentedAccess {}
}
