/**
 * Situations that people really have, as data ({@code src/test/resources/real-mistakes}), and the one test that tries
 * them.
 */
@NullMarked
package dev.sea.integrations.mistakes;

import org.jspecify.annotations.NullMarked;
