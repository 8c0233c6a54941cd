/**
 * The web page: its files as they are sent, and how it signs in. The files are in {@code META-INF/resources/page}; this
 * package knows their names, not what they do.
 */
@NullMarked
package dev.sea.integrations.page;

import org.jspecify.annotations.NullMarked;
