/**
 * What an integration is: its parts, states, health, and how a request about one is refused. Knows nothing of HTTP, storage,
 * validation or the AWS SDK.
 */
@NullMarked
package dev.sea.integrations.integration;

import org.jspecify.annotations.NullMarked;
