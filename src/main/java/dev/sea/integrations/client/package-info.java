/**
 * The AWS SDK's clients: one for each region, with one HTTP client, kept connections and the configured time limits. Also who
 * the service itself is in AWS, and which failures are worth another try.
 */
@NullMarked
package dev.sea.integrations.client;

import org.jspecify.annotations.NullMarked;
