/**
 * The HTTP API of integrations: resources, what they answer, and creation that may be repeated with an idempotency key.
 */
@NullMarked
package dev.sea.integrations.api;

import org.jspecify.annotations.NullMarked;
