package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.api.IdempotencyKey;
import dev.sea.integrations.api.RepeatableCreation;
import dev.sea.integrations.input.DraftReader;
import dev.sea.integrations.input.EditReader;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationFilter;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.secret.SecretCleanUp;
import dev.sea.integrations.secret.SecretVault;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationListStore;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Interruption;
import dev.sea.integrations.testing.Interruption.Crash;
import dev.sea.integrations.testing.Interruption.Kind;
import dev.sea.integrations.testing.Interruption.Outcome;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Breaks every change off at its calls to DynamoDB, Secrets Manager and EventBridge in turn, in four ways, then cleans up, and
 * asks: has every record its secret, every secret its record or marker, every claim its owner, and can each integration
 * still be used, changed and deleted? The points and what became of them are written to {@code target/crash-points.txt}.
 */
@QuarkusTest
class CrashSafetyTest {
    private static final Duration PAST_CLEAN_UP = Duration.ofMinutes(31);

    @Inject
    Creation creation;

    @Inject
    RepeatableCreation repeatable;

    @Inject
    Editing editing;

    @Inject
    EditReader edits;

    @Inject
    Deletion deletion;

    @Inject
    IntegrationStore store;

    @Inject
    IntegrationListStore list;

    @Inject
    SecretVault vault;

    @Inject
    SecretCleanUp cleanUp;

    @Inject
    DraftReader drafts;

    @Inject
    TestClock clock;

    private final Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
    private final Actor actor = new Actor(new Tenant(Gateway.freshTenant()), "ada", "198.51.100.7", "request");
    private final StoredData stored = new StoredData(actor.tenant().id());

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    /** What is broken off, each try under a name of its own. */
    enum Change {
        CREATE_WITH_ROLE,
        CREATE_WITH_KEYS,
        CREATE_WITH_KEYS_REPEATED_BY_ITS_CALLER,
        RENAME,
        REPLACE_KEYS,
        REPLACE_ROLE_BY_KEYS,
        REPLACE_KEYS_BY_ROLE,
        DELETE_WITH_ROLE,
        DELETE_WITH_KEYS
    }

    @ParameterizedTest
    @EnumSource
    void aCrashBetweenAnyTwoCallsIsMendedByTheCleanUp(Change change) {
        forEachPoint(
                change,
                Kind.CRASH,
                (outcome, point) -> assertThat(outcome.failure())
                        .as(point)
                        .satisfiesAnyOf(
                                it -> assertThat(it).isInstanceOf(Crash.class),
                                it -> assertThat(it).hasRootCauseInstanceOf(Crash.class)));
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatFailsIsSaidToBeUnavailableOrDidNotMatter(Change change) {
        forEachPoint(change, Kind.REFUSED, CrashSafetyTest::isUnavailableOrDone);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerLostForGoodIsSaidToBeUnavailableOrReadBack(Change change) {
        forEachPoint(change, Kind.LOST, CrashSafetyTest::isUnavailableOrDone);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatTheSdkRepeatsMeetsItsOwnWorkAndSucceeds(Change change) {
        forEachPoint(
                change,
                Kind.REPEATED,
                (outcome, point) -> assertThat(outcome.failure()).as(point).isNull());
    }

    private static void isUnavailableOrDone(Outcome<?> outcome, String point) {
        if (outcome.failure() != null) {
            assertThat(outcome.failure()).as(point).isInstanceOf(Unavailable.class);
        }
    }

    @FunctionalInterface
    private interface Expectation {
        void check(Outcome<?> outcome, String point);
    }

    /** Try 0 is left alone and tells how many calls there are. */
    private void forEachPoint(Change change, Kind kind, Expectation expectation) {
        List<Outcome<?>> outcomes = new ArrayList<>();
        outcomes.add(tried(change, kind, 0));
        assertThat(outcomes.getFirst().failure()).isNull();
        List<Integer> points = points(outcomes.getFirst().calls(), kind);
        for (int n : points) {
            Outcome<?> outcome = tried(change, kind, n);
            expectation.check(outcome, "%s at call %d of %s".formatted(kind, n, outcome.calls()));
            outcomes.add(outcome);
        }
        clock.advance(PAST_CLEAN_UP);
        if (change == Change.CREATE_WITH_KEYS_REPEATED_BY_ITS_CALLER) {
            run(change, 0, Optional.empty());
            points.forEach(n -> run(change, n, Optional.empty()));
            assertThat(stored.count()).isEqualTo(1 + points.size());
        }
        SecretCleanUp.Result result = cleanUp.all();
        assertThat(result.left()).isZero();
        assertThat(stored.problems()).isEmpty();
        assertThat(stored.markers()).isEmpty();
        List<Integration> there = list.slice(actor.tenant(), Optional.empty(), 100, IntegrationFilter.NONE)
                .items();
        write(change, kind, points, outcomes, there, result);
        there.forEach(this::assertUsable);
        assertThat(stored.problems()).isEmpty();
    }

    /** All calls for a crash; otherwise the writes alone, since a read that fails, or is repeated, leaves nothing. */
    private static List<Integer> points(List<String> calls, Kind kind) {
        return IntStream.rangeClosed(1, calls.size())
                .filter(n -> kind == Kind.CRASH || !calls.get(n - 1).contains(" Get"))
                .boxed()
                .toList();
    }

    private Outcome<?> tried(Change change, Kind kind, int n) {
        Optional<Integration> before = before(change, n);
        return Interruption.at(n, kind, () -> run(change, n, before));
    }

    private Optional<Integration> before(Change change, int n) {
        return switch (change) {
            case CREATE_WITH_ROLE, CREATE_WITH_KEYS, CREATE_WITH_KEYS_REPEATED_BY_ITS_CALLER -> Optional.empty();
            case REPLACE_ROLE_BY_KEYS, DELETE_WITH_ROLE -> Optional.of(created(role(n)));
            case REPLACE_KEYS -> Optional.of(created(keys(n).setText("/access/secretAccessKey", Drafts.SECRET)));
            case RENAME, REPLACE_KEYS_BY_ROLE, DELETE_WITH_KEYS -> Optional.of(created(keys(n)));
        };
    }

    private Object run(Change change, int n, Optional<Integration> before) {
        return switch (change) {
            case CREATE_WITH_ROLE -> creation.create(actor, wanted(role(n)), true, creation.newId());
            case CREATE_WITH_KEYS -> creation.create(actor, wanted(keys(n)), false, creation.newId());
            case CREATE_WITH_KEYS_REPEATED_BY_ITS_CALLER ->
                repeatable.create(
                        actor,
                        new IdempotencyKey("try " + n),
                        keys(n).toString().getBytes(StandardCharsets.UTF_8),
                        wanted(keys(n)),
                        false);
            case RENAME -> edited(before.orElseThrow(), Drafts.patch("{\"name\": \"Plant " + n + ", renamed\"}"));
            case REPLACE_KEYS, REPLACE_ROLE_BY_KEYS -> edited(before.orElseThrow(), keys(n).only("/access"));
            case REPLACE_KEYS_BY_ROLE -> edited(before.orElseThrow(), role(n).only("/access"));
            case DELETE_WITH_ROLE, DELETE_WITH_KEYS -> {
                deletion.delete(actor, before.orElseThrow().id(), Optional.empty());
                yield true;
            }
        };
    }

    /** Its secret is the customer's, or the one before it, and it can be changed and deleted. */
    private void assertUsable(Integration integration) {
        if (integration.access() instanceof Access.StoredKeys keys) {
            try {
                PresentedAccess.Keys secret = vault.read(keys.secretName());
                assertThat(secret.accessKeyId()).isEqualTo(keys.accessKeyId());
                assertThat(secret.secretAccessKey().reveal()).isIn(customer.name("secretAccessKey"), Drafts.SECRET);
            } catch (SecretVault.Gone | SecretVault.Refused gone) {
                throw new AssertionError(integration.name() + " has no secret", gone);
            }
        }
        Integration changed = edited(integration, Drafts.patch("{\"description\": \"still here\"}"));
        deletion.delete(actor, changed.id(), Optional.empty());
        assertThat(store.find(actor.tenant(), changed.id())).isEmpty();
    }

    private Integration edited(Integration integration, Drafts patch) {
        return editing.edit(
                        actor,
                        integration.id(),
                        IfMatch.of(List.of(IfMatch.tag(integration.version()))),
                        current -> edits.read(patch.stream(), current))
                .integration();
    }

    private Integration created(Drafts draft) {
        return creation.create(actor, wanted(draft), false, creation.newId()).integration();
    }

    private NewIntegration wanted(Drafts draft) {
        return drafts.newIntegration(draft.bytes());
    }

    private Drafts role(int n) {
        return Drafts.of(customer, "Plant " + n);
    }

    private Drafts keys(int n) {
        return Drafts.keysOf(customer, "Plant " + n);
    }

    private static void write(
            Change change,
            Kind kind,
            List<Integer> points,
            List<Outcome<?>> outcomes,
            List<Integration> there,
            SecretCleanUp.Result result) {
        List<String> lines = new ArrayList<>();
        for (int n : points) {
            Outcome<?> outcome = outcomes.get(1 + points.indexOf(n));
            String name = "Plant " + n;
            String left = there.stream()
                    .filter(it -> it.name().value().split(",", -1)[0].equals(name))
                    .map(it -> "version %d with %s"
                            .formatted(it.version(), it.access().method()))
                    .findAny()
                    .orElse("no integration");
            lines.add("%s, %s, call %d (%s): %s; %s"
                    .formatted(
                            change,
                            kind,
                            n,
                            outcome.calls().get(n - 1),
                            outcome.failure() == null
                                    ? "done"
                                    : outcome.failure().getClass().getSimpleName(),
                            left));
        }
        lines.add("%s, %s: %d secrets cleaned up, nothing broken".formatted(change, kind, result.removed()));
        try {
            Files.write(
                    Path.of("target", "crash-points.txt"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
