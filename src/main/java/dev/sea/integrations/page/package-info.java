/**
 * The web page: its files as they are sent, and how it signs in. The files lie in {@code META-INF/resources/page}; this
 * package knows what they are called, not what they do.
 */
@NullMarked
package dev.sea.integrations.page;

import org.jspecify.annotations.NullMarked;
