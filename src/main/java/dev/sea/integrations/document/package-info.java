/**
 * The API's OpenAPI document, as far as annotations cannot say it: what all operations have in common. Works at build time
 * only; {@code META-INF/openapi.yaml} has the words and the examples. The result is committed as
 * {@code src/main/openapi/openapi.yaml}, and served in development and tests.
 */
@NullMarked
package dev.sea.integrations.document;

import org.jspecify.annotations.NullMarked;
