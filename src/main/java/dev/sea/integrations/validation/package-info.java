/**
 * Proves access to a customer's bucket permission by permission and says what to mend.
 *
 * <p>{@link dev.sea.integrations.validation.Validator} obtains credentials and runs the probes; only
 * {@link dev.sea.integrations.validation.AwsFailure} reads the SDK's exceptions. Knows integrations as values, nothing
 * of how they are stored.
 */
@NullMarked
package dev.sea.integrations.validation;

import org.jspecify.annotations.NullMarked;
