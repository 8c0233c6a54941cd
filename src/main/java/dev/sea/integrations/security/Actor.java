package dev.sea.integrations.security;

/**
 * Who makes a request: the values of a {@link Caller}, which outlive the request and may be used on any thread.
 *
 * @param subject the token's {@code sub}
 * @param sourceIp as the gateway saw it; {@code unknown} outside the gateway
 * @param requestId the gateway's; {@code unknown} outside the gateway
 */
public record Actor(Tenant tenant, String subject, String sourceIp, String requestId) {}
