/** Runs the real beans on models of AWS in memory, in an order that a seed decides. */
@NullMarked
package dev.sea.integrations.simulation;

import org.jspecify.annotations.NullMarked;
