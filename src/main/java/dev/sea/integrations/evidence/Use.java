package dev.sea.integrations.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the use of an integration goes, as recorders tell it, in windows of ten minutes. It begins to fail when at least
 * {@value #LEAST} outcomes of a window are failures, and these are at least {@value #FAILING_PERCENT} % of all. It has
 * recovered when less than {@value #RECOVERED_PERCENT} % of at least {@value #LEAST} outcomes of a later window are. It changes
 * at most once in a window.
 *
 * @param window the beginning of the window that counts
 * @param failing whether it fails; false for one that was never used
 * @param changed the window in which that last changed; the epoch if it never did
 * @param sequence of the last change, which grows with each; 0 if there was none
 * @param dueAt when a sweep sees to the validation that failing use asks for; empty if that is done
 * @param stamp of the item's last write; empty if there is none
 */
record Use(
        Instant window,
        int outcomes,
        int failures,
        boolean failing,
        Instant changed,
        long sequence,
        Optional<Instant> dueAt,
        Optional<String> stamp) {
    static final Use NONE = new Use(Instant.EPOCH, 0, 0, false, Instant.EPOCH, 0, Optional.empty(), Optional.empty());

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int LEAST = 5;
    private static final int FAILING_PERCENT = 40;
    private static final int RECOVERED_PERCENT = 5;

    /** After one more outcome. One by a clock that is behind counts in the current window. */
    Use after(boolean failure, Instant now) {
        Instant itsWindow = Instant.ofEpochMilli(now.toEpochMilli() / WINDOW.toMillis() * WINDOW.toMillis());
        boolean same = !itsWindow.isAfter(window);
        Use counted = new Use(
                same ? window : itsWindow,
                (same ? outcomes : 0) + 1,
                (same ? failures : 0) + (failure ? 1 : 0),
                failing,
                changed,
                sequence,
                dueAt,
                stamp);
        return counted.window.isAfter(changed) && counted.isOver() ? counted.turned(now) : counted;
    }

    /** Whether the use has begun to fail, or has recovered. */
    private boolean isOver() {
        int percent = 100 * failures;
        return failing
                ? outcomes >= LEAST && percent < RECOVERED_PERCENT * outcomes
                : failures >= LEAST && percent >= FAILING_PERCENT * outcomes;
    }

    /** A sequence that grows even if the item ran out between two changes. */
    private Use turned(Instant now) {
        return new Use(
                window,
                outcomes,
                failures,
                !failing,
                window,
                Math.max(sequence + 1, now.toEpochMilli()),
                failing ? Optional.empty() : Optional.of(now),
                stamp);
    }
}
