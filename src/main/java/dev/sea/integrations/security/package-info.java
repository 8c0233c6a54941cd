/** Who calls: tenant and roles, from nothing but the gateway's JWT claims. Lambda's types are seen only here. */
@NullMarked
package dev.sea.integrations.security;

import org.jspecify.annotations.NullMarked;
