package dev.sea.integrations;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes random tokens of 128 bits, which tell one write, lease or attempt from every other. */
@ApplicationScoped
public class Tokens {
    private final RandomGenerator random;

    /** @param random safe for several threads at once, as {@link java.security.SecureRandom} is and most others are not */
    public Tokens(RandomGenerator random) {
        this.random = random;
    }

    /** A new token, in the form of a UUID. */
    public String next() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
