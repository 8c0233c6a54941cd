/**
 * What happens before the first request: common requests are rehearsed before SnapStart takes its snapshot. No other package uses this one.
 */
@NullMarked
package dev.sea.integrations.start;

import org.jspecify.annotations.NullMarked;
