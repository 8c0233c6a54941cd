/**
 * The web page: its files as they are sent, and how its users sign in. The files are in {@code META-INF/resources/page}. This
 * package knows only their names.
 */
@NullMarked
package dev.sea.integrations.page;

import org.jspecify.annotations.NullMarked;
