/**
 * What the service tells others on its own: events on EventBridge, by way of an outbox in the table, and metrics in
 * CloudWatch's embedded format. Neither carries a secret, and no metric has a tenant.
 */
@NullMarked
package dev.sea.integrations.event;

import org.jspecify.annotations.NullMarked;
