package dev.sea.integrations.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of a run. It moves only when the run moves it. */
final class SimulatedClock implements InstantSource {
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
