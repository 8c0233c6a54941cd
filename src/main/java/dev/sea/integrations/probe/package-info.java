/**
 * Asks AWS what a validation needs to know: credentials, S3 and KMS. {@link dev.sea.integrations.probe.AwsFailure} is the one
 * reader of the SDK's exceptions. Judges nothing; only {@code validation} uses it.
 */
@NullMarked
package dev.sea.integrations.probe;

import org.jspecify.annotations.NullMarked;
