package dev.sea.integrations.lifecycle;

import dev.sea.integrations.ScheduleConfig;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.Status;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a validation means for an integration's health, and when to check again.
 *
 * <p>An inactive integration shows its last report. An active one is judged with hysteresis, since SEA's workflows act
 * on it: one failure is DEGRADED, {@code sea.schedule.unhealthy-after} in a row are UNHEALTHY, one pass is HEALTHY. An
 * external ID that is not enforced is UNHEALTHY at once. A validation that learned nothing changes nothing, until there was no
 * other for {@code sea.schedule.stale-after}: then it is STALE, until the first one that learns something.
 *
 * <p>Failures in a row are ones that the schedule finds, or that are as far apart as the schedule's. A validation that somebody
 * asks for never moves the schedule's next one to a later time.
 */
@ApplicationScoped
class HealthRules {
    private final ScheduleConfig schedule;
    private final Duration propagationWindow;
    private final CheckPlan plan;

    HealthRules(SeaConfig config, CheckPlan plan) {
        this.schedule = config.schedule();
        this.propagationWindow = config.validation().propagationWindow();
        this.plan = plan;
    }

    /** Who wanted a validation. */
    enum Occasion {
        SCHEDULED,
        ASKED_FOR
    }

    Health after(Integration integration, Proof proof, Instant now, Occasion occasion) {
        Health judged = judged(integration, proof, now, occasion);
        Health after = occasion == Occasion.SCHEDULED
                ? judged
                : judged.scheduledNoLaterThan(integration.health().nextCheckAt());
        return proof.report().scope() == Scope.FULL ? after.triedInFull(now) : after;
    }

    /** After a validation by the schedule that broke off without a report: empty if that changes nothing. */
    Optional<Health> afterBroken(Integration integration, Instant now) {
        Health before = integration.health();
        return before.status() != Status.STALE && isTooOld(before, now)
                ? Optional.of(stale(before, now, unproved(before)))
                : Optional.empty();
    }

    private Health judged(Integration integration, Proof proof, Instant now, Occasion occasion) {
        Health before = integration.health();
        ValidationReport report = proof.report();
        boolean active = integration.isActive();
        return switch (report.status()) {
            case HEALTHY -> {
                boolean full = report.scope() == Scope.FULL;
                // A light pass checks less than a full one, so it clears no failure.
                if (active && !full && before.status() != Status.HEALTHY) {
                    yield before.scheduled(Optional.of(now.plus(plan.afterFailures(Math.max(1, before.failures())))));
                }
                Next next = new Next(Status.HEALTHY, 0, 0, plan.whileHealthy());
                yield checked(integration, proof, next, now, full);
            }
            case UNHEALTHY -> {
                int failures = before.failures() + (active && !counts(before, now, occasion) ? 0 : 1);
                Status status = active ? failed(before, report, failures) : Status.UNHEALTHY;
                yield checked(
                        integration, proof, new Next(status, failures, 0, plan.afterFailures(failures)), now, false);
            }
            case PROPAGATING -> {
                int waits = before.waits() + (occasion == Occasion.SCHEDULED || before.waits() == 0 ? 1 : 0);
                Duration wait = plan.whilePropagating(waits);
                Next next = new Next(Status.PROPAGATING, before.failures(), waits, wait);
                yield checked(integration, proof, next, now, false);
            }
            case UNKNOWN ->
                active
                        ? unknown(before, report, now)
                        : checked(integration, proof, new Next(Status.UNKNOWN, 0, 0, Duration.ZERO), now, false);
        };
    }

    /** Whether a failure counts towards {@code unhealthy-after}. The first one does, and each that the schedule finds. */
    private boolean counts(Health before, Instant now, Occasion occasion) {
        return occasion == Occasion.SCHEDULED
                || before.failures() == 0
                || before.checkedAt()
                        .map(at -> !now.isBefore(at.plus(plan.afterFailures(before.failures()))))
                        .orElse(true);
    }

    private Health unknown(Health before, ValidationReport report, Instant now) {
        if (report.isUnknownBecauseOf(FailureCode.STORED_KEY_GONE)) {
            return stale(before, now, "The stored access key is gone. Enter it again.");
        }
        if (before.status() == Status.STALE) {
            return stale(before, now, before.summary());
        }
        return isTooOld(before, now)
                ? stale(before, now, unproved(before))
                : before.scheduled(Optional.of(now.plus(schedule.unknownInterval())));
    }

    private Health stale(Health before, Instant now, String why) {
        int failures = before.status() == Status.UNHEALTHY ? schedule.unhealthyAfter() : 0;
        return before.stale(now, now.plus(schedule.unknownInterval()), why, failures);
    }

    private boolean isTooOld(Health health, Instant now) {
        return health.unprovedFor(now).compareTo(schedule.staleAfter()) >= 0;
    }

    private static String unproved(Health before) {
        return "No check has learned anything since "
                + before.provedAt().orElse(before.since()).truncatedTo(ChronoUnit.SECONDS)
                + ". The last one that did: " + before.summary() + ".";
    }

    private record Next(Status status, int failures, int waits, Duration in) {}

    private Health checked(Integration integration, Proof proof, Next next, Instant now, boolean fullPass) {
        Health before = integration.health();
        Optional<Health.FullPass> known = fullPass ? Optional.of(fullPass(integration, proof, now)) : before.fullPass();
        Optional<Health.FullPass> pass =
                next.status() == Status.HEALTHY ? known.map(it -> it.seen(proof.encryption())) : known;
        Optional<Instant> guardAgainAt = pass.filter(_ -> next.status() == Status.HEALTHY)
                .filter(it -> it.version() == integration.version())
                .flatMap(Health.FullPass::guardAgainAt);
        boolean pins = integration.target().expectedBucketOwner().isEmpty();
        return new Health(
                next.status(),
                next.status() == before.status() ? before.since() : now,
                Optional.of(now),
                next.status() == Status.UNKNOWN ? before.provedAt() : Optional.of(now),
                integration.isActive()
                        ? Optional.of(CheckPlan.sooner(guardAgainAt, now, now.plus(next.in())))
                        : Optional.empty(),
                proof.report().summary(),
                failedChecks(proof.report()),
                next.failures(),
                next.waits(),
                pins ? proof.owner().or(before::pinnedOwner) : Optional.empty(),
                pass,
                before.fullTriedAt(),
                before.sequence() + 1);
    }

    private static List<String> failedChecks(ValidationReport report) {
        return report.checks().stream()
                .filter(check -> check.outcome() instanceof Outcome.Failed)
                .map(check -> check.id().id())
                .toList();
    }

    private Health.FullPass fullPass(Integration integration, Proof proof, Instant now) {
        boolean keyAnswersDirectly = proof.report().checks().stream()
                .anyMatch(check -> check.id() == CheckId.KMS && check.outcome() instanceof Outcome.Passed);
        return new Health.FullPass(
                integration.version(), now, keyAnswersDirectly, proof.encryption(), guardAgainAt(integration, now));
    }

    /** A role's first pass leaves it open whether all of STS knew the role. A pass after the propagation window does not. */
    private Optional<Instant> guardAgainAt(Integration integration, Instant now) {
        Health before = integration.health();
        if (before.proves(integration.version())) {
            return before.guardAgainAt(integration.version()).filter(now::isBefore);
        }
        return integration.access() instanceof Access.AssumedRole
                ? Optional.of(now.plus(propagationWindow))
                : Optional.empty();
    }

    private Status failed(Health before, ValidationReport report, int failures) {
        boolean atOnce = report.checks().stream()
                .anyMatch(check -> check.outcome() instanceof Outcome.Failed failed
                        && failed.code() == FailureCode.EXTERNAL_ID_NOT_ENFORCED);
        return atOnce || failures >= schedule.unhealthyAfter() || before.status() == Status.UNHEALTHY
                ? Status.UNHEALTHY
                : Status.DEGRADED;
    }
}
