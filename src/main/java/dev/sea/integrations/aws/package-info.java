/**
 * AWS's own names as values: regions, buckets, role ARNs, keys. Each checks AWS's rules when it is made, so that a value that
 * exists is valid. Pure: no SDK, no I/O.
 */
@NullMarked
package dev.sea.integrations.aws;

import org.jspecify.annotations.NullMarked;
