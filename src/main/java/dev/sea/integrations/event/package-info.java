/**
 * What the service tells the outside by itself: changes of health on EventBridge, by way of an outbox in the table, and
 * metrics in CloudWatch's embedded format. Neither ever carries a secret, and no metric a tenant.
 */
@NullMarked
package dev.sea.integrations.event;

import org.jspecify.annotations.NullMarked;
