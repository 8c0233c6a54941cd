/**
 * The use cases: create, edit, delete, activate, deactivate, and validate on demand or on schedule. Knows the stores and
 * validation, which do not know each other.
 */
@NullMarked
package dev.sea.integrations.lifecycle;

import org.jspecify.annotations.NullMarked;
