/**
 * Errors as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> problems: one exception a problem, one mapper.
 */
@NullMarked
package dev.sea.integrations.problem;

import org.jspecify.annotations.NullMarked;
