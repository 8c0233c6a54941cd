package dev.sea.integrations.integration;

/**
 * What can be proved, stored or not.
 *
 * @param sessionMetadata whether SEA needs s3:GetObjectTagging
 */
public record Draft(Target target, boolean sessionMetadata, PresentedAccess access) {}
