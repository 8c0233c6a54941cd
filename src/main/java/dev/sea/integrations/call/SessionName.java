package dev.sea.integrations.call;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a session of a customer's role, {@code sea-<tenant>-<integration>}, of at most 64 characters. It is all that the
 * customer's CloudTrail shows about whom a call was made for.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole, RoleSessionName</a>
 */
public record SessionName(String value) {
    static final int MAX_LENGTH = 64;
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^A-Za-z0-9_+=,.@-]");
    private static final String DRAFT = "draft";
    private static final String START = "sea-";

    /** If both are too long, each gets half of the room; a short one leaves the rest of its half to the other. */
    public static SessionName of(Tenant tenant, Optional<IntegrationId> integration) {
        String whose = clean(tenant.id());
        String which = clean(integration.map(IntegrationId::value).orElse(DRAFT));
        int room = MAX_LENGTH - START.length() - 1;
        int forTenant = Math.max(room / 2, room - which.length());
        int forIntegration = Math.max(room - forTenant, room - whose.length());
        return new SessionName(START + cut(whose, forTenant) + "-" + cut(which, forIntegration));
    }

    private static String clean(String part) {
        return NOT_ALLOWED.matcher(part).replaceAll("_");
    }

    private static String cut(String part, int length) {
        return part.length() <= length ? part : part.substring(0, length);
    }
}
