package dev.sea.integrations.api;

import dev.sea.integrations.policy.AwsCli;
import dev.sea.integrations.policy.CloudFormation;
import dev.sea.integrations.policy.CustomerRole;
import dev.sea.integrations.policy.PolicyDocument;
import dev.sea.integrations.policy.Terraform;

/**
 * The two policies of a customer's role, and three ways to make the role with them.
 *
 * @param cloudFormation a complete stack, YAML
 * @param terraform HCL, to be added to a configuration
 * @param awsCli commands for sh and bash
 */
public record PoliciesView(
        PolicyDocument trustPolicy,
        PolicyDocument permissionsPolicy,
        String cloudFormation,
        String terraform,
        String awsCli) {

    static PoliciesView of(CustomerRole role) {
        return new PoliciesView(
                role.trust(), role.permissions(), CloudFormation.of(role), Terraform.of(role), AwsCli.of(role));
    }
}
