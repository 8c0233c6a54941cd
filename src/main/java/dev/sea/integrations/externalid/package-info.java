/**
 * External IDs: made for a tenant, reserved, and owned by the first tenant that uses them.
 */
@NullMarked
package dev.sea.integrations.externalid;

import org.jspecify.annotations.NullMarked;
