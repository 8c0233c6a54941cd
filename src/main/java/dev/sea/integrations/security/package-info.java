/**
 * Who calls: tenant and roles, from nothing but the gateway's JWT claims, and the audit log of what they change.
 */
@NullMarked
package dev.sea.integrations.security;

import org.jspecify.annotations.NullMarked;
