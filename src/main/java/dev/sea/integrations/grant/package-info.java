/**
 * Grants: how SEA's recorders and players use an active integration. A grant is for one purpose and one object, and ends
 * soon. Knows the record, its access and AWS; nothing here judges whether the access is right.
 */
@NullMarked
package dev.sea.integrations.grant;

import org.jspecify.annotations.NullMarked;
