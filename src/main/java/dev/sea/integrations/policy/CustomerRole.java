package dev.sea.integrations.policy;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import java.util.List;

/**
 * The role that a customer creates for an integration. Each rendering writes it in its own language.
 *
 * @param path of the role in IAM: {@code /}, or {@code /.../}
 * @param region the bucket's, by which the AWS CLI knows the partition
 */
public record CustomerRole(
        String path,
        RoleName name,
        String region,
        ExternalId externalId,
        PolicyDocument trust,
        PolicyDocument permissions) {
    /** The name of the one inline policy, the same in each rendering. */
    static final String POLICY_NAME = "SeaAccess";

    public static CustomerRole of(
            RoleArn gateway, String path, RoleName name, ExternalId externalId, AccessNeeds needs) {
        return new CustomerRole(
                path,
                name,
                needs.target().region().id(),
                externalId,
                PolicyDocument.of(List.of(TrustPolicy.statement(gateway, externalId))),
                PolicyDocument.of(needs.statements()));
    }
}
