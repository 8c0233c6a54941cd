/**
 * What stands advised of an integration, beyond whether SEA may use it. Values without I/O, which know only when something was
 * seen.
 */
@NullMarked
package dev.sea.integrations.posture;

import org.jspecify.annotations.NullMarked;
