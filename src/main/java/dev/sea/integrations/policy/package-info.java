/**
 * The policies that SEA's access needs, as values: {@link dev.sea.integrations.policy.AccessNeeds} is the one list that
 * the session policy, the probes, the remedies and the generated policies read. A {@link
 * dev.sea.integrations.policy.CustomerRole} is written out as CloudFormation, Terraform and AWS CLI commands. Pure: no
 * I/O, no SDK, knows only {@code integration}.
 */
@NullMarked
package dev.sea.integrations.policy;

import org.jspecify.annotations.NullMarked;
