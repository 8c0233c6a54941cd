package dev.sea.integrations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** The clock and the random numbers of the application, injected so that tests can replace them. */
@ApplicationScoped
public class ClockAndRandom {

    /** Ticks in milliseconds, the precision of stored times, so that a new value equals the same value read back. */
    @Produces
    @Singleton
    InstantSource time() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    /** A bean and not a static field: a native image or a SnapStart snapshot would give every copy the same numbers. */
    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
