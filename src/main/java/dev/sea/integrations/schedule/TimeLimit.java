package dev.sea.integrations.schedule;

import java.time.Duration;

/**
 * When a sweep must be over, by the monotonic clock.
 *
 * @param nanos by {@link System#nanoTime}
 */
record TimeLimit(long nanos) {

    static TimeLimit in(Duration time) {
        return new TimeLimit(System.nanoTime() + time.toNanos());
    }

    TimeLimit earlier(Duration by) {
        return new TimeLimit(nanos - by.toNanos());
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }
}
