/**
 * The IAM policies that SEA's access needs, as values. {@link dev.sea.integrations.policy.AccessNeeds} is the one list: the
 * session policy, the probes, the remedies and the generated policies all read it. A {@link
 * dev.sea.integrations.policy.CustomerRole} can be written as CloudFormation, Terraform and AWS CLI commands. Pure: no I/O and
 * no SDK.
 */
@NullMarked
package dev.sea.integrations.policy;

import org.jspecify.annotations.NullMarked;
