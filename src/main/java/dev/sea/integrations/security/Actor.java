package dev.sea.integrations.security;

/**
 * Who does something, for whom and from where: a {@link Caller} as a value, good on any thread.
 *
 * @param subject of the token
 * @param requestId the gateway's
 */
public record Actor(Tenant tenant, String subject, String sourceIp, String requestId) {}
