package dev.sea.integrations;

import java.time.Duration;

/**
 * The moment at which a piece of work must end, by the monotonic clock.
 *
 * @param nanos in nanoseconds of {@link System#nanoTime}, comparable only within this process
 */
public record Deadline(long nanos) {

    /** The moment after this time from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The moment this much before this one. */
    public Deadline earlier(Duration by) {
        return new Deadline(nanos - by.toNanos());
    }

    /** The time until then; zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    public boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** This deadline or the one after this time from now, whichever comes first. */
    public Deadline orIn(Duration time) {
        Deadline other = in(time);
        return other.nanos - nanos < 0 ? other : this;
    }
}
