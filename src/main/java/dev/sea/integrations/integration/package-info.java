/**
 * Integrations: what they are made of, the rules of their input, how they are stored and what may be done with them.
 *
 * <p>Values ({@link dev.sea.integrations.integration.Target}, {@link dev.sea.integrations.integration.RoleArn} and the
 * like) check AWS's own constraints when they are made, and know nothing of HTTP, DynamoDB or the AWS SDK, which only
 * the store sees.
 */
@NullMarked
package dev.sea.integrations.integration;

import org.jspecify.annotations.NullMarked;
