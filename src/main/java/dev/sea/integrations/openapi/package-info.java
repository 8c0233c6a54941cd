/**
 * Completes the OpenAPI document of the API with what annotations cannot say, and with what all operations share. It runs
 * only in the build. {@code META-INF/openapi.yaml} holds texts and examples. The result is committed as
 * {@code src/main/openapi/openapi.yaml}, and served in development and tests.
 */
@NullMarked
package dev.sea.integrations.openapi;

import org.jspecify.annotations.NullMarked;
