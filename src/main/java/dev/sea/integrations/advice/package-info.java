/** Says in words what is advised and what to do about it. Knows the target, and asks nobody. */
@NullMarked
package dev.sea.integrations.advice;

import org.jspecify.annotations.NullMarked;
