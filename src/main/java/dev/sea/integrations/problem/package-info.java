/**
 * Errors as problems (<a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>): the base of their exceptions, their
 * types, and the one mapper.
 */
@NullMarked
package dev.sea.integrations.problem;

import org.jspecify.annotations.NullMarked;
