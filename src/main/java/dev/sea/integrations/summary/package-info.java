/** A tenant's integrations in numbers: what needs somebody's attention, before any of them is opened. */
@NullMarked
package dev.sea.integrations.summary;

import org.jspecify.annotations.NullMarked;
