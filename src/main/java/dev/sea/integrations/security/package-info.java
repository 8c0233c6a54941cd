/**
 * Who calls: the tenant and roles, which come from the gateway's JWT claims only, and the audit log of changes.
 */
@NullMarked
package dev.sea.integrations.security;

import org.jspecify.annotations.NullMarked;
