package dev.sea.integrations.integration;

/**
 * What a validation can prove, stored or not.
 *
 * @param sessionMetadata whether SEA needs s3:GetObjectTagging
 */
public record Draft(Target target, boolean sessionMetadata, PresentedAccess access) {}
