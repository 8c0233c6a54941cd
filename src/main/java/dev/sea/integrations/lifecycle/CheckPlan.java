package dev.sea.integrations.lifecycle;

import dev.sea.integrations.ScheduleConfig;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.Status;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.report.ValidationReport.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When the schedule validates an integration next, and whether in full. */
@ApplicationScoped
class CheckPlan {
    private static final double JITTER = 0.1;

    private final ScheduleConfig schedule;
    private final RandomGenerator random;

    CheckPlan(SeaConfig config, RandomGenerator random) {
        this.schedule = config.schedule();
        this.random = random;
    }

    /**
     * How the schedule validates next: lightly while it is healthy and passed in full within {@code
     * sea.schedule.full-interval}. When a full validation learned nothing, it is tried again once an hour and not at every
     * check, since each may leave a version of its object in the bucket. A new role that passed is validated in full again
     * once IAM must have spread it.
     */
    Scope scope(Integration integration, Instant now) {
        Health health = integration.health();
        if (health.status() != Status.HEALTHY || !health.proves(integration.version())) {
            return Scope.FULL;
        }
        Optional<Instant> guardAgain =
                health.guardAgainAt(integration.version()).filter(at -> !now.isBefore(at));
        boolean passed = guardAgain.isEmpty()
                && health.fullPass()
                        .filter(pass -> now.isBefore(pass.at().plus(schedule.fullInterval())))
                        .isPresent();
        boolean tried = health.fullTriedAt()
                .filter(at -> now.isBefore(at.plus(schedule.healthyInterval())))
                .filter(at -> guardAgain.filter(at::isBefore).isEmpty())
                .isPresent();
        return passed || tried ? Scope.LIGHT : Scope.FULL;
    }

    /** Without jitter, integrations that were activated together would be checked together for ever. */
    Duration whileHealthy() {
        long milliseconds = schedule.healthyInterval().toMillis();
        return Duration.ofMillis(Math.round(milliseconds * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }

    /** @param failures in a row, from 1 */
    Duration afterFailures(int failures) {
        return nth(schedule.failureIntervals(), failures);
    }

    /** @param waits in a row, from 1 */
    Duration whilePropagating(int waits) {
        return nth(schedule.propagatingIntervals(), waits);
    }

    /** One interval after the last check, or sooner where STS is to be asked again about the external ID. */
    Instant afterActivation(Integration integration, Instant now) {
        Health health = integration.health();
        Instant usual = health.checkedAt().orElse(now).plus(whileHealthy());
        return sooner(health.guardAgainAt(integration.version()), now, usual);
    }

    /** A time in the past does not count: the validation at that time learned nothing, and the next one is full again. */
    static Instant sooner(Optional<Instant> guardAgainAt, Instant now, Instant usual) {
        return guardAgainAt.filter(now::isBefore).filter(usual::isAfter).orElse(usual);
    }

    private static Duration nth(List<Duration> intervals, int n) {
        return intervals.get(Math.min(n, intervals.size()) - 1);
    }
}
