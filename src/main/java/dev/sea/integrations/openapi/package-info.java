/**
 * What annotations cannot say in the API's OpenAPI document: the parts that all operations share. Works at build time only;
 * {@code META-INF/openapi.yaml} holds the texts and examples. The result is committed as
 * {@code src/main/openapi/openapi.yaml}, and served in development and tests.
 */
@NullMarked
package dev.sea.integrations.openapi;

import org.jspecify.annotations.NullMarked;
