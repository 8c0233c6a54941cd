package dev.sea.integrations.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A rule that the input breaks.
 *
 * @param field JSON Pointer into the body (empty for the whole body), or the name of a query parameter or header
 * @param code for programs and stable, such as {@code BUCKET_NAME_LENGTH}
 * @param message a sentence for people; never contains a secret
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901, JSON Pointer</a>
 */
@RegisterForReflection
public record FieldError(String field, String code, String message) {}
