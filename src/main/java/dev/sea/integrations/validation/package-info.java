/**
 * Proves access to a customer's bucket, permission by permission, and says what to fix. {@link
 * dev.sea.integrations.validation.Validator} runs the probes and hands their answers to the judges, which are pure. Knows
 * integrations as values, and nothing of how they are stored; only {@code lifecycle} uses it.
 */
@NullMarked
package dev.sea.integrations.validation;

import org.jspecify.annotations.NullMarked;
