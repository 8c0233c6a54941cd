package dev.sea.integrations.policy;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import java.util.List;

/**
 * The role that a customer makes for an integration: what each rendering says in its own language.
 *
 * @param path {@code /}, or {@code /.../}
 * @param region the bucket's, which tells the AWS CLI the partition
 */
public record CustomerRole(
        String path,
        RoleName name,
        String region,
        ExternalId externalId,
        PolicyDocument trust,
        PolicyDocument permissions) {
    /** Of the one inline policy, so that a role made anew or mended by hand has one name for it. */
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
