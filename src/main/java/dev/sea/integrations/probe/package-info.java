/**
 * Asks AWS what a validation needs to know: credentials, S3 and KMS. This package judges nothing. Only {@code validation}
 * uses it.
 */
@NullMarked
package dev.sea.integrations.probe;

import org.jspecify.annotations.NullMarked;
