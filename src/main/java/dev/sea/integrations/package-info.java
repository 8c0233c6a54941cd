/**
 * Configuration, the clock and randomness, deadlines, and {@link dev.sea.integrations.RuleViolation}: what every package may
 * use. Knows no other package.
 */
@NullMarked
package dev.sea.integrations;

import org.jspecify.annotations.NullMarked;
