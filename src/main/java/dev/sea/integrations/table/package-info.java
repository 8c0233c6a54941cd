/**
 * How the one DynamoDB table is written: keys, typed attributes, partitions and conditional writes. Knows no kind of
 * item.
 */
@NullMarked
package dev.sea.integrations.table;

import org.jspecify.annotations.NullMarked;
