/**
 * AWS's own names as values: regions, buckets, role ARNs, keys. Each constructor checks AWS's rules and throws a {@link
 * dev.sea.integrations.RuleViolation}, so that every value is valid. Pure: no I/O and no SDK.
 */
@NullMarked
package dev.sea.integrations.aws;

import org.jspecify.annotations.NullMarked;
