package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.api.IdempotencyKey;
import dev.sea.integrations.api.RepeatableCreation;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationFilter;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.secret.SecretCleanUp;
import dev.sea.integrations.secret.SecretVault;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.simulation.CrashPoint;
import dev.sea.integrations.simulation.Fault.Kind;
import dev.sea.integrations.simulation.SimulatedCustomer;
import dev.sea.integrations.simulation.SimulatedService;
import dev.sea.integrations.simulation.SimulatedService.Outcome;
import dev.sea.integrations.simulation.SimulatedService.Work;
import dev.sea.integrations.store.IntegrationListStore;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.testing.StoredData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Breaks every change off at each of its calls to AWS in turn, in every way, then cleans up, and asks: has every record its
 * secret, every secret its record or marker, every claim its owner, and can each integration still be used, changed and
 * deleted?
 */
class CrashSafetyTest {
    private static final Duration PAST_CLEAN_UP = Duration.ofMinutes(31);
    private static final String NAME = "Plant 7";
    private static final String NEW_NAME = "Plant 7, renamed";

    /** What is broken off. */
    enum Change {
        CREATE_WITH_ROLE,
        CREATE_WITH_ROLE_UNPROVED,
        CREATE_WITH_ROLE_REPEATED_BY_ITS_CALLER,
        CREATE_WITH_KEYS,
        CREATE_WITH_KEYS_UNPROVED,
        CREATE_WITH_KEYS_REPEATED_BY_ITS_CALLER,
        CREATE_WITH_KEYS_UNPROVED_REPEATED_BY_ITS_CALLER,
        RENAME_WITH_ROLE,
        RENAME_WITH_KEYS,
        RETARGET_WITH_KEYS,
        REPLACE_KEYS,
        REPLACE_KEYS_OF_AN_ACTIVE_ONE,
        REPLACE_ROLE,
        REPLACE_ROLE_BY_KEYS,
        REPLACE_KEYS_BY_ROLE,
        ACTIVATE_WITH_KEYS,
        DEACTIVATE_WITH_KEYS,
        DELETE_WITH_ROLE,
        DELETE_WITH_KEYS;

        private boolean isRepeated() {
            return name().endsWith("REPEATED_BY_ITS_CALLER");
        }
    }

    static Stream<Arguments> all() {
        return Stream.of(Change.values())
                .flatMap(change -> Stream.of(Kind.values())
                        // A request has no three minutes.
                        .filter(kind -> kind != Kind.STALL)
                        .map(kind -> Arguments.of(change, kind)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whateverBreaksOffIsMendedByTheCleanUp(Change change, Kind kind) {
        List<String> calls = tried(change, CrashPoint.NONE).calls();
        assertThat(calls).isNotEmpty();
        CrashPoint.all(kind, calls.size())
                .filter(point -> isWorthATry(kind, calls.get(point.call() - 1)))
                .forEach(point -> {
                    Outcome<?> outcome = tried(change, point);
                    String tried = "%s, %s of %s".formatted(change, point, outcome.calls());
                    assertThat(outcome.calls())
                            .as(tried)
                            .startsWith(calls.subList(0, point.call()).toArray(String[]::new));
                    if (kind.isDeadly()) {
                        assertThat(outcome.died()).as(tried).isTrue();
                    } else if (kind == Kind.REPEATED) {
                        assertThat(outcome.isDone()).as(tried).isTrue();
                    } else {
                        assertUnavailableOrDone(kind, calls.get(point.call() - 1), outcome, tried);
                    }
                    if (isReadBack(change, kind, calls.get(point.call() - 1))) {
                        assertThat(outcome.isDone()).as("read back: " + tried).isTrue();
                    }
                });
    }

    /** What customers' accounts answer decides only whether there is a change. */
    private static boolean isWorthATry(Kind kind, String call) {
        return !isOfCustomer(call)
                || Set.of(Kind.CRASH_BEFORE, Kind.NOT_SENT, Kind.REPEATED).contains(kind);
    }

    private static void assertUnavailableOrDone(Kind kind, String call, Outcome<?> outcome, String tried) {
        assertThat(outcome.died()).as(tried).isFalse();
        if (outcome.failure() == null) {
            return;
        }
        if (isOfCustomer(call)) {
            // A proof that cannot be made is a refusal.
            assertThat(outcome.failure()).as(tried).isInstanceOf(ProblemException.class);
        } else if (kind == Kind.REFUSED && isNeverRefused(call)) {
            assertThat(outcome.failure()).as(tried).isInstanceOfAny(ProblemException.class, AwsServiceException.class);
        } else {
            assertThat(outcome.failure()).as(tried).isInstanceOf(Unavailable.class);
        }
    }

    /** A creation or edit looks for what it may have stored. A deletion or activation may just be repeated. */
    private static boolean isReadBack(Change change, Kind kind, String call) {
        return (kind == Kind.ANSWER_LOST || kind == Kind.DONE_ALL_THE_SAME)
                && call.startsWith("DynamoDb.transactWriteItems ")
                && Stream.of("CREATE_", "RENAME_", "RETARGET_", "REPLACE_").anyMatch(change.name()::startsWith);
    }

    private static boolean isOfCustomer(String call) {
        return Stream.of("S3.", "Sts.", "Kms.").anyMatch(call::startsWith);
    }

    /** Unless the stack lacks a permission: no transaction, which a write might meet, writes the items of quotas and keys. */
    private static boolean isNeverRefused(String call) {
        return call.startsWith("SecretsManager.")
                || Stream.of("PROOFS", "EXTIDS", "TRIED#", "IDEM#")
                        .anyMatch(item -> call.startsWith("DynamoDb.updateItem TENANT#acme|" + item));
    }

    /** One change, broken off at a call, then cleaned up. */
    private static Outcome<?> tried(Change change, CrashPoint point) {
        try (SimulatedService service = SimulatedService.begin()) {
            return new Trial(service, change).tried(point);
        }
    }

    /** One try, of a tenant of its own. */
    private static final class Trial {
        private static final Tenant TENANT = new Tenant("acme");
        private static final Actor ADA = new Actor(TENANT, "ada", "198.51.100.7", "request");

        private final SimulatedService service;
        private final Change change;
        private final StoredData stored;

        Trial(SimulatedService service, Change change) {
            this.service = service;
            this.change = change;
            this.stored = service.stored(TENANT.id());
        }

        Outcome<?> tried(CrashPoint point) {
            Optional<Integration> before = before();
            Work<?> work = work(before);
            Outcome<?> outcome = service.request(point, work);
            String tried = "%s, %s of %s".formatted(change, point, outcome.calls());
            if (point.equals(CrashPoint.NONE)) {
                assertThat(outcome.failure()).isNull();
            }
            if (!outcome.died() && !mayLeaveAMarker(point, outcome)) {
                assertThat(stored.problems()).as(tried).isEmpty();
                assertThat(stored.markers()).as(tried).isEmpty();
            }
            service.advance(PAST_CLEAN_UP);
            if (change.isRepeated()) {
                service.done(work);
                assertThat(stored.count()).as(tried).isEqualTo(1);
            }
            SecretCleanUp.Result result =
                    service.done(it -> it.bean(SecretCleanUp.class).all());
            assertThat(result.left()).as(tried).isZero();
            assertThat(stored.problems()).as(tried).isEmpty();
            assertThat(stored.markers()).as(tried).isEmpty();
            List<Integration> there = there();
            assertDoneOrNot(before, there, outcome, tried);
            there.forEach(it -> assertUsable(it, tried));
            assertThat(stored.problems()).as(tried).isEmpty();
            assertThat(stored.secrets()).as(tried).isEmpty();
            return outcome;
        }

        /**
         * A process that lives leaves the clean-up only what went wrong with secrets themselves, what is still to come, and
         * deletions of which it does not know whether they are done.
         */
        private boolean mayLeaveAMarker(CrashPoint point, Outcome<?> outcome) {
            if (point.equals(CrashPoint.NONE)) {
                return false;
            }
            String call = outcome.calls().get(point.call() - 1);
            return point.kind() == Kind.LATE
                    || (change == Change.DELETE_WITH_KEYS && outcome.failure() instanceof Unavailable)
                    || call.startsWith("SecretsManager.")
                    || call.matches("DynamoDb\\.(put|update|delete)Item ORPHAN#.*");
        }

        private Optional<Integration> before() {
            return switch (change) {
                case CREATE_WITH_ROLE,
                        CREATE_WITH_ROLE_UNPROVED,
                        CREATE_WITH_ROLE_REPEATED_BY_ITS_CALLER,
                        CREATE_WITH_KEYS,
                        CREATE_WITH_KEYS_UNPROVED,
                        CREATE_WITH_KEYS_REPEATED_BY_ITS_CALLER,
                        CREATE_WITH_KEYS_UNPROVED_REPEATED_BY_ITS_CALLER -> Optional.empty();
                case RENAME_WITH_ROLE, REPLACE_ROLE, REPLACE_ROLE_BY_KEYS, DELETE_WITH_ROLE ->
                    Optional.of(service.done(creation(SimulatedCustomer.ROLE, false)));
                case RENAME_WITH_KEYS,
                        RETARGET_WITH_KEYS,
                        REPLACE_KEYS,
                        REPLACE_KEYS_BY_ROLE,
                        ACTIVATE_WITH_KEYS,
                        DELETE_WITH_KEYS -> Optional.of(service.done(creation(SimulatedCustomer.KEYS, false)));
                case REPLACE_KEYS_OF_AN_ACTIVE_ONE, DEACTIVATE_WITH_KEYS -> {
                    Integration made = service.done(creation(SimulatedCustomer.KEYS, false));
                    yield Optional.of(
                            service.done(it -> it.bean(Activation.class).activate(ADA, made.id())));
                }
            };
        }

        private Work<?> work(Optional<Integration> before) {
            return switch (change) {
                case CREATE_WITH_ROLE -> creation(SimulatedCustomer.ROLE, true);
                case CREATE_WITH_ROLE_UNPROVED -> creation(SimulatedCustomer.ROLE, false);
                case CREATE_WITH_ROLE_REPEATED_BY_ITS_CALLER -> repeatable(SimulatedCustomer.ROLE, true);
                case CREATE_WITH_KEYS -> creation(SimulatedCustomer.KEYS, true);
                case CREATE_WITH_KEYS_UNPROVED -> creation(SimulatedCustomer.KEYS, false);
                case CREATE_WITH_KEYS_REPEATED_BY_ITS_CALLER -> repeatable(SimulatedCustomer.KEYS, true);
                case CREATE_WITH_KEYS_UNPROVED_REPEATED_BY_ITS_CALLER -> repeatable(SimulatedCustomer.KEYS, false);
                case RENAME_WITH_ROLE, RENAME_WITH_KEYS -> edit(before, it -> SimulatedCustomer.renamed(it, NEW_NAME));
                case RETARGET_WITH_KEYS ->
                    edit(before, it -> SimulatedCustomer.retargeted(it, SimulatedCustomer.OTHER_TARGET));
                case REPLACE_KEYS, REPLACE_KEYS_OF_AN_ACTIVE_ONE ->
                    edit(before, it -> SimulatedCustomer.withAccess(it, SimulatedCustomer.OTHER_KEYS));
                case REPLACE_ROLE -> edit(before, it -> SimulatedCustomer.withAccess(it, SimulatedCustomer.OTHER_ROLE));
                case REPLACE_ROLE_BY_KEYS ->
                    edit(before, it -> SimulatedCustomer.withAccess(it, SimulatedCustomer.KEYS));
                case REPLACE_KEYS_BY_ROLE ->
                    edit(before, it -> SimulatedCustomer.withAccess(it, SimulatedCustomer.ROLE));
                case ACTIVATE_WITH_KEYS ->
                    it -> it.bean(Activation.class)
                            .activate(ADA, before.orElseThrow().id());
                case DEACTIVATE_WITH_KEYS ->
                    it -> it.bean(Activation.class)
                            .deactivate(ADA, before.orElseThrow().id());
                case DELETE_WITH_ROLE, DELETE_WITH_KEYS -> deletion(before.orElseThrow());
            };
        }

        private static Work<Integration> creation(PresentedAccess access, boolean validate) {
            return it -> {
                Creation creation = it.bean(Creation.class);
                return creation.create(ADA, SimulatedCustomer.integration(NAME, access), validate, creation.newId())
                        .integration();
            };
        }

        private static Work<Object> repeatable(PresentedAccess access, boolean validate) {
            return it -> it.bean(RepeatableCreation.class)
                    .create(
                            ADA,
                            new IdempotencyKey("a try"),
                            NAME.getBytes(StandardCharsets.UTF_8),
                            SimulatedCustomer.integration(NAME, access),
                            validate);
        }

        private static Work<Integration> edit(Optional<Integration> before, Function<Integration, Edit> wanted) {
            return edit(before.orElseThrow(), wanted);
        }

        private static Work<Integration> edit(Integration before, Function<Integration, Edit> wanted) {
            return it -> it.bean(Editing.class)
                    .edit(ADA, before.id(), IfMatch.of(List.of(IfMatch.tag(before.version()))), wanted)
                    .integration();
        }

        private static Work<Boolean> deletion(Integration integration) {
            return it -> {
                it.bean(Deletion.class).delete(ADA, integration.id(), Optional.empty());
                return true;
            };
        }

        private List<Integration> there() {
            return service.done(it -> it.bean(IntegrationListStore.class)
                    .slice(TENANT, Optional.empty(), 100, IntegrationFilter.NONE)
                    .items());
        }

        /** What was answered with success is stored; whatever was not is stored as a whole or not at all. */
        private void assertDoneOrNot(
                Optional<Integration> before, List<Integration> there, Outcome<?> outcome, String tried) {
            boolean deleted = change == Change.DELETE_WITH_ROLE || change == Change.DELETE_WITH_KEYS;
            if (outcome.isDone()) {
                assertThat(there).as(tried).hasSize(deleted ? 0 : 1);
                before.ifPresent(old -> assertThat(there)
                        .as(tried)
                        .allSatisfy(it -> assertThat(it.version()).isEqualTo(old.version() + 1)));
            }
            assertThat(there.size()).as(tried).isBetween(before.isPresent() && !deleted ? 1 : 0, 1);
            before.ifPresent(old -> assertThat(there)
                    .as(tried)
                    .allSatisfy(it -> assertThat(it.version() - old.version()).isBetween(0L, 1L)));
        }

        /** Its secret is the customer's, of its key, and it can be changed and deleted. */
        private void assertUsable(Integration integration, String tried) {
            if (integration.access() instanceof Access.StoredKeys keys) {
                PresentedAccess.Keys secret =
                        service.done(it -> it.bean(SecretVault.class).read(keys.secretName()));
                PresentedAccess.Keys known = keys.accessKeyId().equals(SimulatedCustomer.KEYS.accessKeyId())
                        ? SimulatedCustomer.KEYS
                        : SimulatedCustomer.OTHER_KEYS;
                assertThat(secret.accessKeyId()).as(tried).isEqualTo(keys.accessKeyId());
                assertThat(secret.accessKeyId()).as(tried).isEqualTo(known.accessKeyId());
                assertThat(secret.secretAccessKey().reveal())
                        .as(tried)
                        .isEqualTo(known.secretAccessKey().reveal());
            }
            Integration changed = service.done(edit(integration, it -> SimulatedCustomer.described(it, "still here")));
            if (changed.isActive()) {
                service.done(it -> it.bean(Activation.class).deactivate(ADA, changed.id()));
            }
            service.done(deletion(changed));
            Optional<Integration> left =
                    service.done(it -> it.bean(IntegrationStore.class).find(TENANT, changed.id()));
            assertThat(left).as(tried).isEmpty();
        }
    }
}
