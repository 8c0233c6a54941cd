package dev.sea.integrations.policy;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import java.util.List;

/**
 * Whom a customer's role trusts: SEA's gateway role, and only with this external ID.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy problem</a>
 */
public final class TrustPolicy {
    public static final String ASSUME_ROLE = "sts:AssumeRole";
    public static final String EXTERNAL_ID = "sts:ExternalId";

    private TrustPolicy() {}

    /** The one statement that the policy should hold. */
    public static Statement statement(RoleArn gateway, ExternalId externalId) {
        return Statement.allow("SeaGateway", List.of(ASSUME_ROLE), List.of())
                .withPrincipal(gateway.value())
                .when("StringEquals", EXTERNAL_ID, List.of(externalId.value()));
    }
}
