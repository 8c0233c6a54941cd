/**
 * The AWS SDK's clients: shared per region, with one HTTP client, kept connections and the configured time limits; who the
 * service itself is in AWS; which failures are worth another try.
 */
@NullMarked
package dev.sea.integrations.client;

import org.jspecify.annotations.NullMarked;
