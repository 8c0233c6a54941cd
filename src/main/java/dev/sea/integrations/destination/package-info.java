/**
 * The destination of a tenant's recordings: which integration they go to, which one stands by, and whether a session that must
 * be recorded may start now.
 */
@NullMarked
package dev.sea.integrations.destination;

import org.jspecify.annotations.NullMarked;
