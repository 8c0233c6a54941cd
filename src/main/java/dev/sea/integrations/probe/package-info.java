/**
 * Asks AWS what a validation needs to know: credentials, S3 and KMS. {@link dev.sea.integrations.probe.AwsFailure} and
 * {@code ErrorAnswer} alone read the SDK's exceptions. This package judges nothing. Only {@code validation} uses it.
 */
@NullMarked
package dev.sea.integrations.probe;

import org.jspecify.annotations.NullMarked;
