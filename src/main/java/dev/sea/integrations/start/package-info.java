/**
 * What happens before the first request: a snapshot of Lambda's SnapStart is taken of a function that has answered some
 * already. Knows Lambda, as {@code security} does, and nobody knows it.
 */
@NullMarked
package dev.sea.integrations.start;

import org.jspecify.annotations.NullMarked;
