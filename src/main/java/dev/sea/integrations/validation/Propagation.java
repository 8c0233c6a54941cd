package dev.sea.integrations.validation;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.validation.FirstDenialStore.FirstDenial;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Tells IAM's own delay from a mistake. A set of denied checks counts as spreading for {@code
 * sea.validation.propagation-window} after it was first seen. Another set starts the window again, since something has
 * changed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency">Changes
 *     that I make are not always immediately visible</a>
 */
final class Propagation {
    private final SeaConfig config;
    private final InstantSource time;
    private Optional<FirstDenial> first;

    Propagation(SeaConfig config, InstantSource time, Optional<FirstDenial> remembered) {
        this.config = config;
        this.time = time;
        this.first = remembered;
    }

    /** Whether the window for these checks is still open. If none is denied, there is nothing to wait for. */
    boolean isOpenFor(Set<CheckId> denied) {
        if (denied.isEmpty()) {
            return false;
        }
        if (first.filter(it -> it.denied().equals(denied)).isEmpty()) {
            first = Optional.of(new FirstDenial(Set.copyOf(denied), time.instant()));
        }
        return left().isPositive();
    }

    Optional<FirstDenial> first() {
        return first;
    }

    /** How long to wait before asking again, in whole seconds: a short time that does not go beyond the window. */
    Duration retryAfter() {
        Duration soon = config.schedule().propagatingIntervals().getFirst();
        Duration left = left().plusMillis(999).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        return left.compareTo(soon) < 0 ? left : soon;
    }

    private Duration left() {
        Instant since = first.map(FirstDenial::since).orElseGet(time::instant);
        return config.validation().propagationWindow().minus(Duration.between(since, time.instant()));
    }
}
