/**
 * Proves access to a customer's bucket, permission by permission, and says what to fix. {@link
 * dev.sea.integrations.validation.Validator} runs the probes and gives their answers to the judges, which are pure. This
 * package knows integrations as values and not how they are stored. Only {@code lifecycle} uses it.
 */
@NullMarked
package dev.sea.integrations.validation;

import org.jspecify.annotations.NullMarked;
