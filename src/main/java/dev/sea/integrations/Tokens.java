package dev.sea.integrations;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random tokens of 128 bits: each tells one write, lease or attempt from every other. */
@ApplicationScoped
public class Tokens {
    private final RandomGenerator random;

    public Tokens(RandomGenerator random) {
        this.random = random;
    }

    public String next() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
