/**
 * The edge to AWS Lambda and API Gateway: the event behind a request, the paths that a function serves, and when an
 * invocation fails. Only this package, {@code security} and {@code start} use Lambda's types.
 */
@NullMarked
package dev.sea.integrations.gateway;

import org.jspecify.annotations.NullMarked;
