/** DynamoDB in memory, with its expressions. */
@NullMarked
package dev.sea.integrations.simulation.dynamo;

import org.jspecify.annotations.NullMarked;
