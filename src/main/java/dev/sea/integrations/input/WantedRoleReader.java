package dev.sea.integrations.input;

import static dev.sea.integrations.rule.BrokenRules.value;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.ProposedRoleName;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the draft for which policies are to be written. Only Region, bucket and external ID are required, because the role
 * does not exist yet. A complete draft is accepted too.
 */
@ApplicationScoped
public class WantedRoleReader {
    private final JsonBody json;
    private final AwsConfig config;

    /**
     * A role that a customer is going to create, and what it gives access to.
     *
     * @param sessionMetadata whether SEA reads the tags of objects
     * @param path {@code /} or {@code /.../}
     */
    public record WantedRole(
            Target target, boolean sessionMetadata, ExternalId externalId, String path, RoleName name) {}

    WantedRoleReader(JsonBody json, AwsConfig config) {
        this.json = json;
        this.config = config;
    }

    /**
     * Reads the body.
     *
     * @throws dev.sea.integrations.problem.InvalidInput with every broken rule
     */
    public WantedRole read(InputStream body) {
        PoliciesInput input = json.read(body, PoliciesInput.class);
        Target target = input.target().target();
        ExternalId externalId = new ExternalId(input.access().externalId());
        Optional<RoleArn> given = value(input.access().roleArn(), RoleArn::new);
        return new WantedRole(
                target,
                input.sessionMetadata() == null || input.sessionMetadata(),
                externalId,
                given.map(RoleArn::path).orElse("/"),
                given.map(role -> new RoleName(role.name()))
                        .or(() -> value(input.access().roleName(), RoleName::new))
                        .orElseGet(() -> ProposedRoleName.of(config.roleNamePrefix(), target, externalId)));
    }
}
