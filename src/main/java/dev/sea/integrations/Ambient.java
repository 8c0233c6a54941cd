package dev.sea.integrations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** Time and chance, injected so that tests can set them. */
@ApplicationScoped
public class Ambient {

    /** In milliseconds, as all times are stored and shown: what was just made equals what is read back. */
    @Produces
    @Singleton
    InstantSource time() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    /** Made when first asked for, never in a static: a native image or a SnapStart snapshot would repeat its numbers. */
    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
