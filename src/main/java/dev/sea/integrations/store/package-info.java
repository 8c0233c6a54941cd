/**
 * Integrations as stored in DynamoDB: items, conditional writes, transactions, leases, the index of what is due, and the
 * history of reports.
 */
@NullMarked
package dev.sea.integrations.store;

import org.jspecify.annotations.NullMarked;
