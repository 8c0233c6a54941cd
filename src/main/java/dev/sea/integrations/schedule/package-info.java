/**
 * Validates active integrations when they are due. Level-triggered: what is due stays due until a result is written, so
 * that nothing is lost whatever dies, and cost grows with what is due, not with what there is.
 */
@NullMarked
package dev.sea.integrations.schedule;

import org.jspecify.annotations.NullMarked;
