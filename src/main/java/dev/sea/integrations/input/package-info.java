/**
 * Reads requests strictly: JSON bodies, parameters and preconditions. Each broken rule becomes an error that names its
 * field.
 */
@NullMarked
package dev.sea.integrations.input;

import org.jspecify.annotations.NullMarked;
