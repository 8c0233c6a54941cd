package dev.sea.integrations.lifecycle;

import static dev.sea.integrations.lifecycle.HealthRules.Occasion.ASKED_FOR;
import static dev.sea.integrations.lifecycle.HealthRules.Occasion.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.integration.Health.Status;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Remedy;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Configured;
import dev.sea.integrations.validation.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthRulesTest {
    private static final Instant CREATED = Instant.parse("2026-11-25T10:00:00Z");
    private static final Instant NOW = CREATED.plus(Duration.ofHours(5));
    private static final AccountId OWNER = new AccountId("222233334444");
    private static final Actor ADA = new Actor(new Tenant("acme"), "ada", "192.0.2.1", "request-1");
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final double NO_JITTER = 0.5;

    @ParameterizedTest(name = "{0}: {1} with {2} failures and {3} waits, then {4}: {5}, {6} failures, next in {7}")
    @CsvSource({
        // state, status, failures, waits, report -> status, failures, next check
        "INACTIVE, UNKNOWN,     0, 0, HEALTHY,      HEALTHY,     0, none",
        "INACTIVE, UNKNOWN,     0, 0, UNHEALTHY,    UNHEALTHY,   1, none",
        "INACTIVE, UNKNOWN,     0, 0, PROPAGATING,  PROPAGATING, 0, none",
        "INACTIVE, HEALTHY,     0, 0, UNKNOWN,      UNKNOWN,     0, none",
        "INACTIVE, UNHEALTHY,   4, 0, HEALTHY,      HEALTHY,     0, none",
        "INACTIVE, HEALTHY,     0, 0, UNHEALTHY,    UNHEALTHY,   1, none",
        "INACTIVE, PROPAGATING, 0, 2, UNHEALTHY,    UNHEALTHY,   1, none",
        "ACTIVE,   HEALTHY,     0, 0, HEALTHY,      HEALTHY,     0, PT60M",
        "ACTIVE,   HEALTHY,     0, 0, LIGHT,        HEALTHY,     0, PT60M",
        "ACTIVE,   HEALTHY,     0, 0, UNHEALTHY,    DEGRADED,    1, PT5M",
        "ACTIVE,   DEGRADED,    1, 0, UNHEALTHY,    DEGRADED,    2, PT10M",
        "ACTIVE,   DEGRADED,    2, 0, UNHEALTHY,    UNHEALTHY,   3, PT20M",
        "ACTIVE,   UNHEALTHY,   3, 0, UNHEALTHY,    UNHEALTHY,   4, PT40M",
        "ACTIVE,   UNHEALTHY,   4, 0, UNHEALTHY,    UNHEALTHY,   5, PT60M",
        "ACTIVE,   UNHEALTHY,   9, 0, UNHEALTHY,    UNHEALTHY,  10, PT60M",
        "ACTIVE,   UNHEALTHY,   1, 0, UNHEALTHY,    UNHEALTHY,   2, PT10M",
        "ACTIVE,   HEALTHY,     0, 0, NOT_ENFORCED, UNHEALTHY,   1, PT5M",
        "ACTIVE,   UNHEALTHY,   9, 0, HEALTHY,      HEALTHY,     0, PT60M",
        "ACTIVE,   DEGRADED,    1, 0, HEALTHY,      HEALTHY,     0, PT60M",
        "ACTIVE,   DEGRADED,    2, 0, LIGHT,        DEGRADED,    2, PT10M",
        "ACTIVE,   UNHEALTHY,   3, 0, LIGHT,        UNHEALTHY,   3, PT20M",
        "ACTIVE,   HEALTHY,     0, 0, PROPAGATING,  PROPAGATING, 0, PT30S",
        "ACTIVE,   PROPAGATING, 0, 1, PROPAGATING,  PROPAGATING, 0, PT1M",
        "ACTIVE,   PROPAGATING, 0, 2, PROPAGATING,  PROPAGATING, 0, PT2M",
        "ACTIVE,   PROPAGATING, 0, 3, PROPAGATING,  PROPAGATING, 0, PT5M",
        "ACTIVE,   PROPAGATING, 0, 9, PROPAGATING,  PROPAGATING, 0, PT5M",
        "ACTIVE,   PROPAGATING, 0, 9, UNHEALTHY,    DEGRADED,    1, PT5M",
        "ACTIVE,   HEALTHY,     0, 0, UNKNOWN,      HEALTHY,     0, PT5M",
        "ACTIVE,   DEGRADED,    2, 0, UNKNOWN,      DEGRADED,    2, PT5M",
        "ACTIVE,   UNHEALTHY,   3, 0, UNKNOWN,      UNHEALTHY,   3, PT5M",
    })
    void aReportChangesHealth(
            State state,
            Status status,
            int failures,
            int waits,
            String report,
            Status then,
            int failuresThen,
            String next) {
        Integration before = integration(state, health(status, failures, waits));

        Health after = rules(NO_JITTER).after(before, proof(report), NOW, SCHEDULED);

        assertThat(after.status()).isEqualTo(then);
        assertThat(after.failures()).isEqualTo(failuresThen);
        assertThat(after.nextCheckAt())
                .isEqualTo(next.equals("none") ? Optional.empty() : Optional.of(NOW.plus(Duration.parse(next))));
        assertThat(after.since()).isEqualTo(then == status ? CREATED : NOW);
        assertThat(after.sequence()).isEqualTo(before.health().sequence() + 1);
    }

    @Test
    void theChecksThatFailedAreKnownUntilAValidationPassesInFull() {
        Integration healthy = integration(State.ACTIVE, health(Status.HEALTHY, 0, 0));

        Health failed = rules(NO_JITTER).after(healthy, proof("NOT_ENFORCED"), NOW, SCHEDULED);
        assertThat(failed.failedChecks()).containsExactly("external-id-enforced");
        for (String report : List.of("UNKNOWN", "LIGHT", "GONE")) {
            assertThat(rules(NO_JITTER)
                            .after(healthy.with(failed), proof(report), NOW, SCHEDULED)
                            .failedChecks())
                    .as(report)
                    .isEqualTo(failed.failedChecks());
        }
        assertThat(rules(NO_JITTER)
                        .after(healthy.with(failed), proof("HEALTHY"), NOW, SCHEDULED)
                        .failedChecks())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}, proved at version {1} {2} ago and tried in full {3} ago: {4}")
    @CsvSource({
        "HEALTHY,     2, PT1H,     PT1H,     LIGHT",
        "HEALTHY,     2, PT23H59M, PT23H59M, LIGHT",
        "HEALTHY,     2, PT24H,    PT24H,    FULL",
        "HEALTHY,     2, PT30H,    PT59M,    LIGHT",
        "HEALTHY,     2, PT30H,    PT1H,     FULL",
        "HEALTHY,     1, PT1H,     PT1H,     FULL",
        "DEGRADED,    2, PT1H,     PT1M,     FULL",
        "UNHEALTHY,   2, PT1H,     PT1M,     FULL",
        "PROPAGATING, 2, PT1H,     PT1M,     FULL",
        "UNKNOWN,     2, PT1H,     PT1M,     FULL",
    })
    void theScheduleValidatesInFullOnceADayAndAfterFailures(
            Status status, long version, Duration passed, Duration tried, Scope scope) {
        Health known = health(status, 0, 0);
        Health health = new Health(
                status,
                known.since(),
                known.checkedAt(),
                known.provedAt(),
                known.nextCheckAt(),
                known.summary(),
                known.failedChecks(),
                0,
                0,
                known.pinnedOwner(),
                Optional.of(new Health.FullPass(version, NOW.minus(passed), false, Optional.empty(), Optional.empty())),
                Optional.of(NOW.minus(tried)),
                7);

        assertThat(plan(NO_JITTER).scope(integration(State.ACTIVE, health), NOW))
                .isEqualTo(scope);
    }

    @Test
    void whateverAFullValidationFindsItWasTried() {
        Integration before = integration(State.ACTIVE, health(Status.HEALTHY, 0, 0));

        for (String report : List.of("HEALTHY", "UNHEALTHY", "PROPAGATING", "UNKNOWN")) {
            assertThat(rules(NO_JITTER)
                            .after(before, proof(report), NOW, SCHEDULED)
                            .fullTriedAt())
                    .as(report)
                    .contains(NOW);
        }
        assertThat(rules(NO_JITTER)
                        .after(before, proof("LIGHT"), NOW, SCHEDULED)
                        .fullTriedAt())
                .contains(CREATED);
    }

    @Test
    void waitsEndWithTheFirstReportOfAnotherKind() {
        Integration before = integration(State.ACTIVE, health(Status.PROPAGATING, 0, 3));

        assertThat(rules(NO_JITTER)
                        .after(before, proof("HEALTHY"), NOW, SCHEDULED)
                        .waits())
                .isZero();
        assertThat(rules(NO_JITTER)
                        .after(before, proof("UNHEALTHY"), NOW, SCHEDULED)
                        .waits())
                .isZero();
    }

    @Test
    void aHealthyOneIsCheckedAgainWithinTenPercentOfTheInterval() {
        Integration before = integration(State.ACTIVE, health(Status.HEALTHY, 0, 0));

        assertThat(rules(0.0).after(before, proof("HEALTHY"), NOW, SCHEDULED).nextCheckAt())
                .contains(NOW.plus(Duration.ofMinutes(54)));
        assertThat(rules(1.0).after(before, proof("HEALTHY"), NOW, SCHEDULED).nextCheckAt())
                .contains(NOW.plus(Duration.ofMinutes(66)));
    }

    @Test
    void whatIsUnknownLeavesTheLastCheckOfAnActiveOneAsItWas() {
        Integration before = integration(State.ACTIVE, health(Status.HEALTHY, 0, 0));

        Health after = rules(NO_JITTER).after(before, proof("UNKNOWN"), NOW, SCHEDULED);

        assertThat(after.checkedAt()).isEqualTo(before.health().checkedAt());
        assertThat(after.summary()).isEqualTo(before.health().summary());
        assertThat(after.fullPass()).isEqualTo(before.health().fullPass());
    }

    /** The next validation asks KMS about this key beside put, so it must be the last one seen. */
    @Test
    void everyPassTellsHowTheObjectIsEncryptedAndNoFailureDoes() {
        Health before = healthy(Health.neverChecked(CREATED), encrypted("HEALTHY", "1111"), State.INACTIVE);
        Integration active = integration(State.ACTIVE, before);

        assertThat(encryption(before)).isEqualTo(encryptedWith("1111"));
        assertThat(encryption(rules(NO_JITTER).after(active, encrypted("LIGHT", "2222"), NOW, SCHEDULED)))
                .isEqualTo(encryptedWith("2222"));
        assertThat(encryption(rules(NO_JITTER).after(active, encrypted("UNHEALTHY", "2222"), NOW, SCHEDULED)))
                .isEqualTo(encryptedWith("1111"));
        assertThat(encryption(rules(NO_JITTER).after(active, proof("HEALTHY"), NOW, SCHEDULED)))
                .isEmpty();
    }

    private static Health healthy(Health health, Proof proof, State state) {
        return rules(NO_JITTER).after(integration(state, health), proof, NOW, SCHEDULED);
    }

    private static Optional<ObjectEncryption> encryption(Health health) {
        return health.fullPass().flatMap(Health.FullPass::encryption);
    }

    private static Optional<ObjectEncryption> encryptedWith(String key) {
        return Optional.of(new ObjectEncryption(new KmsKeyArn("arn:aws:kms:us-east-1:222233334444:key/" + key), false));
    }

    private static Proof encrypted(String report, String key) {
        Proof proof = proof(report);
        return new Proof(proof.report(), proof.owner(), encryptedWith(key));
    }

    @Test
    void onlyAFullPassProvesAVersion() {
        Integration before = integration(State.INACTIVE, Health.neverChecked(CREATED));

        assertThat(rules(NO_JITTER)
                        .after(before, proof("HEALTHY"), NOW, SCHEDULED)
                        .fullPass())
                .contains(new Health.FullPass(1, NOW, false, Optional.empty(), Optional.of(NOW.plus(WINDOW))));
        assertThat(rules(NO_JITTER)
                        .after(before, proof("LIGHT"), NOW, SCHEDULED)
                        .fullPass())
                .isEmpty();
        assertThat(rules(NO_JITTER)
                        .after(before, proof("UNHEALTHY"), NOW, SCHEDULED)
                        .fullPass())
                .isEmpty();
    }

    @Test
    void aRolesFirstPassIsRepeatedInFullOnceTheWindowIsOver() {
        Instant over = NOW.plus(WINDOW);
        HealthRules rules = rules(NO_JITTER);
        Integration proved = integration(State.INACTIVE, Health.neverChecked(CREATED));
        proved = proved.with(rules.after(proved, proof("HEALTHY"), NOW, SCHEDULED));
        assertThat(plan(NO_JITTER).afterActivation(proved, NOW)).isEqualTo(over);
        Integration active = proved.activated(ADA, NOW, over);

        assertThat(plan(NO_JITTER).scope(active, over.minusMillis(1))).isEqualTo(Scope.LIGHT);
        assertThat(plan(NO_JITTER).scope(active, over)).isEqualTo(Scope.FULL);
        Health light = rules.after(active, proof("LIGHT"), NOW.plusSeconds(1), SCHEDULED);
        assertThat(light.nextCheckAt()).as("a light pass").contains(over);
        Health early = rules.after(active, proof("HEALTHY"), over.minusMillis(1), SCHEDULED);
        assertThat(early.nextCheckAt()).as("a full pass too early").contains(over);
        assertThat(plan(NO_JITTER).scope(active.with(early), over)).isEqualTo(Scope.FULL);

        Health unknown = rules.after(active, proof("UNKNOWN"), over, SCHEDULED);
        assertThat(plan(NO_JITTER).scope(active.with(unknown), over.plusSeconds(1)))
                .as("tried, and nothing learned")
                .isEqualTo(Scope.LIGHT);
        assertThat(plan(NO_JITTER).scope(active.with(unknown), over.plus(Duration.ofMinutes(61))))
                .isEqualTo(Scope.FULL);

        Health again = rules.after(active, proof("HEALTHY"), over, SCHEDULED);
        assertThat(again.nextCheckAt()).contains(over.plus(Duration.ofHours(1)));
        assertThat(plan(NO_JITTER).scope(active.with(again), over.plus(Duration.ofHours(1))))
                .isEqualTo(Scope.LIGHT);
    }

    @Test
    void anActiveOneStaysProvedThroughItsFailures() {
        Integration active = integration(State.INACTIVE, Health.neverChecked(CREATED));
        active = active.with(rules(NO_JITTER).after(active, proof("HEALTHY"), NOW, SCHEDULED))
                .activated(ADA, NOW, NOW);

        Integration failing = active.with(rules(NO_JITTER).after(active, proof("UNHEALTHY"), NOW, SCHEDULED));

        assertThat(failing.version()).isEqualTo(2);
        assertThat(failing.passedBefore()).isTrue();
    }

    @Test
    void aProofIsGoodForActivationUntilItIsOldOrAnotherReportContradictsIt() {
        Duration maxAge = Duration.ofMinutes(15);
        Integration proved = integration(State.INACTIVE, Health.neverChecked(CREATED));
        proved = proved.with(rules(NO_JITTER).after(proved, proof("HEALTHY"), NOW, SCHEDULED));

        assertThat(proved.isProved(NOW.plus(maxAge), maxAge)).isTrue();
        assertThat(proved.isProved(NOW.plus(maxAge).plusMillis(1), maxAge)).isFalse();
        for (String report : List.of("UNHEALTHY", "PROPAGATING", "UNKNOWN")) {
            Integration later = proved.with(rules(NO_JITTER).after(proved, proof(report), NOW, SCHEDULED));
            assertThat(later.isProved(NOW, maxAge)).as(report).isFalse();
        }
        Integration again = proved.activated(ADA, NOW, NOW).deactivated(ADA, NOW);
        assertThat(again.isProved(NOW, maxAge)).as("another version").isFalse();
    }

    @Test
    void activationSchedulesTheNextCheckOneIntervalAfterTheLast() {
        Integration proved = integration(State.INACTIVE, Health.neverChecked(CREATED));
        proved = proved.with(rules(NO_JITTER).after(proved, proof("HEALTHY"), NOW, SCHEDULED));

        assertThat(plan(NO_JITTER).afterActivation(proved, NOW.plus(Duration.ofMinutes(10))))
                .isEqualTo(NOW.plus(Duration.ofMinutes(60)));
    }

    @Test
    void theOwnerThatS3AcceptedIsPinnedUnlessOneIsExpected() {
        Integration before = integration(State.INACTIVE, Health.neverChecked(CREATED));
        Health pinned = rules(NO_JITTER).after(before, proof("HEALTHY"), NOW, SCHEDULED);

        assertThat(pinned.pinnedOwner()).contains(OWNER);
        assertThat(rules(NO_JITTER)
                        .after(
                                before.with(pinned),
                                new Proof(proof("UNHEALTHY").report(), Optional.empty(), Optional.empty()),
                                NOW,
                                SCHEDULED)
                        .pinnedOwner())
                .as("kept while a later report learns none")
                .contains(OWNER);
    }

    @ParameterizedTest(name = "{0}, {1} without a proof, then {2}: {3} since then or now: {4}")
    @CsvSource({
        "HEALTHY,     PT5H59M59S, UNKNOWN,     HEALTHY,     then",
        "HEALTHY,     PT6H,       UNKNOWN,     STALE,       now",
        "DEGRADED,    PT6H,       UNKNOWN,     STALE,       now",
        "UNHEALTHY,   PT6H,       UNKNOWN,     STALE,       now",
        "PROPAGATING, PT6H,       UNKNOWN,     STALE,       now",
        "STALE,       PT30H,      UNKNOWN,     STALE,       then",
        "STALE,       PT1H,       UNKNOWN,     STALE,       then",
        "STALE,       PT30H,      HEALTHY,     HEALTHY,     now",
        "STALE,       PT30H,      UNHEALTHY,   DEGRADED,    now",
        "STALE,       PT30H,      PROPAGATING, PROPAGATING, now",
        "HEALTHY,     PT30H,      HEALTHY,     HEALTHY,     then",
        "HEALTHY,     PT1H,       GONE,        STALE,       now",
        "STALE,       PT1H,       GONE,        STALE,       then",
    })
    void withoutAnythingLearnedForSixHoursItIsStaleUntilTheNextProof(
            Status status, Duration unproved, String report, Status then, String since) {
        Integration before = integration(State.ACTIVE, provedAt(health(status, 0, 0), NOW.minus(unproved)));

        Health after = rules(NO_JITTER).after(before, proof(report), NOW, SCHEDULED);

        assertThat(after.status()).isEqualTo(then);
        assertThat(after.since()).isEqualTo(since.equals("now") ? NOW : CREATED);
        boolean learned = !report.equals("UNKNOWN") && !report.equals("GONE");
        assertThat(after.provedAt()).contains(learned ? NOW : NOW.minus(unproved));
    }

    @Test
    void oneThatWasUnhealthyBeforeItWasStaleIsUnhealthyAtItsNextFailure() {
        Integration unhealthy = integration(State.ACTIVE, health(Status.UNHEALTHY, 1, 0));
        Instant later = NOW.plus(Duration.ofHours(2));

        Integration stale = unhealthy.with(rules(NO_JITTER).after(unhealthy, proof("UNKNOWN"), later, SCHEDULED));

        assertThat(stale.health().status()).isEqualTo(Status.STALE);
        assertThat(rules(NO_JITTER)
                        .after(stale, proof("UNHEALTHY"), later, SCHEDULED)
                        .status())
                .isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void whatIsStaleSaysSinceWhenNothingWasLearnedAndWhatWasKnownThen() {
        Integration before = integration(State.ACTIVE, health(Status.HEALTHY, 0, 0));
        Instant later = CREATED.plus(Duration.ofHours(6));

        Health stale = rules(NO_JITTER).after(before, proof("UNKNOWN"), later, SCHEDULED);

        assertThat(stale.summary())
                .isEqualTo(
                        "No check has learned anything since 2026-11-25T10:00:00Z. The last one that did: 9 of 9 checks"
                                + " passed.");
        assertThat(stale.checkedAt()).contains(CREATED);
        assertThat(stale.nextCheckAt()).contains(later.plus(Duration.ofMinutes(5)));
        assertThat(plan(NO_JITTER).scope(before.with(stale), later)).isEqualTo(Scope.FULL);
    }

    @Test
    void aValidationThatBreaksOffWithoutAReportMakesItStaleToo() {
        Integration before = integration(State.ACTIVE, health(Status.HEALTHY, 0, 0));

        assertThat(rules(NO_JITTER).afterBroken(before, CREATED.plus(Duration.ofHours(5))))
                .isEmpty();
        Optional<Health> broken = rules(NO_JITTER).afterBroken(before, CREATED.plus(Duration.ofHours(6)));
        assertThat(broken.map(Health::status)).contains(Status.STALE);
        assertThat(rules(NO_JITTER).afterBroken(before.with(broken.orElseThrow()), CREATED.plus(Duration.ofHours(7))))
                .as("nothing new to write")
                .isEmpty();
    }

    @Test
    void anInactiveOneIsNeverStale() {
        Integration before = integration(State.INACTIVE, health(Status.HEALTHY, 0, 0));
        Instant later = CREATED.plus(Duration.ofDays(9));

        Health after = rules(NO_JITTER).after(before, proof("UNKNOWN"), later, ASKED_FOR);

        assertThat(after.status()).isEqualTo(Status.UNKNOWN);
        assertThat(after.provedAt()).contains(CREATED);
    }

    @ParameterizedTest(name = "{0} with {1} failures, checked {2} ago, asked for: {3} with {4}")
    @CsvSource({
        "HEALTHY,   0, PT1S,   DEGRADED,  1",
        "DEGRADED,  1, PT3S,   DEGRADED,  1",
        "DEGRADED,  2, PT3S,   DEGRADED,  2",
        "DEGRADED,  2, PT9M59S,DEGRADED,  2",
        "DEGRADED,  2, PT10M,  UNHEALTHY, 3",
        "DEGRADED,  1, PT5M,   DEGRADED,  2",
        "UNHEALTHY, 3, PT3S,   UNHEALTHY, 3",
    })
    void aFailureThatSomebodyAskedForCountsOnlyAFailureIntervalAfterTheLastCheck(
            Status status, int failures, Duration ago, Status then, int failuresThen) {
        Integration before = integration(State.ACTIVE, checkedAt(health(status, failures, 0), NOW.minus(ago)));

        Health after = rules(NO_JITTER).after(before, proof("UNHEALTHY"), NOW, ASKED_FOR);

        assertThat(after.status()).isEqualTo(then);
        assertThat(after.failures()).isEqualTo(failuresThen);
        assertThat(after.checkedAt()).contains(NOW);
    }

    @Test
    void anExternalIdThatIsNotEnforcedIsUnhealthyAtOnceWhoeverAsked() {
        Integration before = integration(State.ACTIVE, checkedAt(health(Status.DEGRADED, 1, 0), NOW));

        assertThat(rules(NO_JITTER)
                        .after(before, proof("NOT_ENFORCED"), NOW, ASKED_FOR)
                        .status())
                .isEqualTo(Status.UNHEALTHY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEALTHY", "UNHEALTHY", "PROPAGATING", "UNKNOWN"})
    void noClickMovesTheNextCheckToALaterTime(String report) {
        Instant next = NOW.plusSeconds(7);
        Integration current =
                integration(State.ACTIVE, health(Status.DEGRADED, 1, 0).scheduled(Optional.of(next)));
        for (int click = 0; click < 5; click++) {
            current = current.with(rules(NO_JITTER).after(current, proof(report), NOW.plusSeconds(click), ASKED_FOR));
            assertThat(current.health().nextCheckAt()).contains(next);
        }

        Integration far = integration(
                State.ACTIVE, health(Status.DEGRADED, 1, 0).scheduled(Optional.of(NOW.plus(Duration.ofDays(1)))));
        assertThat(rules(NO_JITTER)
                        .after(far, proof(report), NOW, ASKED_FOR)
                        .nextCheckAt()
                        .orElseThrow())
                .as("but to an earlier one")
                .isBefore(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void clicksDoNotStretchTheWaitForASpreadingChange() {
        Integration current = integration(State.ACTIVE, health(Status.PROPAGATING, 0, 1));
        for (int click = 0; click < 5; click++) {
            current = current.with(rules(NO_JITTER).after(current, proof("PROPAGATING"), NOW, ASKED_FOR));
        }

        assertThat(current.health().waits()).isEqualTo(1);
    }

    private static Health provedAt(Health health, Instant at) {
        return plan(health, at, at);
    }

    private static Health checkedAt(Health health, Instant at) {
        return plan(health, at, CREATED);
    }

    private static Health plan(Health health, Instant checkedAt, Instant provedAt) {
        return new Health(
                health.status(),
                health.since(),
                Optional.of(checkedAt),
                Optional.of(provedAt),
                health.nextCheckAt(),
                health.summary(),
                health.failedChecks(),
                health.failures(),
                health.waits(),
                health.pinnedOwner(),
                health.fullPass(),
                health.fullTriedAt(),
                health.sequence());
    }

    private static HealthRules rules(double chance) {
        return new HealthRules(config(), plan(chance));
    }

    private static CheckPlan plan(double chance) {
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        };
        return new CheckPlan(config(), random);
    }

    private static SeaConfig config() {
        return Configured.only(Map.of()).getConfigMapping(SeaConfig.class);
    }

    /** Of an integration that passed long ago, as the version that an active one has here. */
    private static Health health(Status status, int failures, int waits) {
        return new Health(
                status,
                CREATED,
                Optional.of(CREATED),
                Optional.of(CREATED),
                Optional.empty(),
                "9 of 9 checks passed",
                List.of(),
                failures,
                waits,
                Optional.empty(),
                Optional.of(new Health.FullPass(2, CREATED, false, Optional.empty(), Optional.empty())),
                Optional.of(CREATED),
                7);
    }

    private static Integration integration(State state, Health health) {
        Integration created = Integration.created(
                new IntegrationId("int_01JD9Z00000000000000000000"),
                new NewIntegration(
                        new IntegrationName("Plant 7"),
                        Description.NONE,
                        new Draft(
                                new Target(
                                        new AwsRegion("eu-west-1"),
                                        new BucketName("acme"),
                                        KeyPrefix.NONE,
                                        Optional.empty(),
                                        Optional.empty()),
                                true,
                                new PresentedAccess.Role(role(), new ExternalId("sea-7")))),
                new Access.AssumedRole(role(), new ExternalId("sea-7")),
                ADA,
                CREATED);
        Integration inState = state == State.INACTIVE ? created : created.activated(ADA, CREATED, CREATED);
        return inState.with(health);
    }

    private static RoleArn role() {
        return new RoleArn("arn:aws:iam::222233334444:role/SEA_ext_access_recorder");
    }

    /**
     * @param report a status, LIGHT for a light pass, NOT_ENFORCED for an external ID that is not demanded, GONE for a stored
     *     key that is lost
     */
    static Proof proof(String report) {
        ValidationReport.Status status = switch (report) {
            case "LIGHT" -> ValidationReport.Status.HEALTHY;
            case "NOT_ENFORCED" -> ValidationReport.Status.UNHEALTHY;
            case "GONE" -> ValidationReport.Status.UNKNOWN;
            default -> ValidationReport.Status.valueOf(report);
        };
        List<Check> checks = switch (report) {
            case "NOT_ENFORCED" -> List.of(notEnforced());
            case "GONE" -> List.of(keyGone());
            default -> List.of();
        };
        return new Proof(
                new ValidationReport(
                        status,
                        report.equals("LIGHT") ? Scope.LIGHT : Scope.FULL,
                        checks,
                        Optional.empty(),
                        NOW,
                        Duration.ofSeconds(1)),
                Optional.of(OWNER),
                Optional.empty());
    }

    private static Check keyGone() {
        return new Check(
                CheckId.CREDENTIALS,
                "sts:GetCallerIdentity",
                "*",
                true,
                new Outcome.Unknown(FailureCode.STORED_KEY_GONE, "gone"),
                Duration.ZERO,
                Optional.empty());
    }

    private static Check notEnforced() {
        return new Check(
                CheckId.EXTERNAL_ID_ENFORCED,
                "sts:AssumeRole",
                "arn",
                true,
                new Outcome.Failed(FailureCode.EXTERNAL_ID_NOT_ENFORCED, "open", Remedy.of("close it")),
                Duration.ZERO,
                Optional.empty());
    }
}
