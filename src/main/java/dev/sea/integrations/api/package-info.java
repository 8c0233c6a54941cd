/**
 * The HTTP API of integrations: resources, their answers, and creation that is safe to repeat with an idempotency key.
 */
@NullMarked
package dev.sea.integrations.api;

import org.jspecify.annotations.NullMarked;
