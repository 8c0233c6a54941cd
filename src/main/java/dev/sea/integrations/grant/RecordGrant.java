package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import java.time.Instant;

/**
 * The right of a recorder to store one object until a given time, as it is stored until its outcome is known.
 *
 * @param key relative to the prefix that the integration had
 * @param contentLength in bytes
 * @param integrationVersion as it was when the grant was made
 * @param targetRevision counts the integration's targets, from 1
 * @param location of the object, by the target of that version
 * @param expiresAt when S3 stops accepting it
 * @param subject whose token asked for it
 */
public record RecordGrant(
        Tenant tenant,
        IntegrationId integration,
        GrantId id,
        ObjectKey key,
        long contentLength,
        ContentSha256 sha256,
        ContentType contentType,
        long integrationVersion,
        long targetRevision,
        ObjectLocation location,
        Instant grantedAt,
        Instant expiresAt,
        String subject) {}
