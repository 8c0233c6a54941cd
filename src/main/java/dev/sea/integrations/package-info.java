/**
 * Configuration, the clock and random numbers, deadlines, and {@link dev.sea.integrations.RuleViolation}. Every package may
 * use these; this one uses no other.
 */
@NullMarked
package dev.sea.integrations;

import org.jspecify.annotations.NullMarked;
