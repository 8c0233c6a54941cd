/**
 * The advice that stands about an integration, beyond whether SEA may use it. Values without I/O: they know only when
 * something was seen.
 */
@NullMarked
package dev.sea.integrations.posture;

import org.jspecify.annotations.NullMarked;
