/**
 * Customers' secret access keys in Secrets Manager. A marker in the table accompanies each secret until a record names it
 * or the secret is gone, so that no crash leaves a secret that nobody knows.
 */
@NullMarked
package dev.sea.integrations.secret;

import org.jspecify.annotations.NullMarked;
