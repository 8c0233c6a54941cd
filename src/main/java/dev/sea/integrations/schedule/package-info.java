/**
 * Validates active integrations when they are due. What is due stays due until its result is written, so nothing is lost
 * whatever crashes, and cost grows with what is due, not with what exists.
 */
@NullMarked
package dev.sea.integrations.schedule;

import org.jspecify.annotations.NullMarked;
