package dev.sea.integrations.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.Destination.Wanted;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.lifecycle.Activation;
import dev.sea.integrations.lifecycle.Creation;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.simulation.CrashPoint;
import dev.sea.integrations.simulation.Fault.Kind;
import dev.sea.integrations.simulation.SimulatedCustomer;
import dev.sea.integrations.simulation.SimulatedService;
import dev.sea.integrations.simulation.SimulatedService.Outcome;
import dev.sea.integrations.simulation.SimulatedService.Work;
import dev.sea.integrations.store.InUse;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.table.TableKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Breaks each change of a destination off at each of its calls, and lets changes meet. */
class DestinationCrashTest {
    private static final int ORDERS = 50;

    /** What is broken off. */
    enum Change {
        SET,
        SET_BOTH,
        REPLACE,
        REMOVE,
        FAIL_OVER,
        FAIL_BACK;

        /** Whether it happens when somebody asks, whom a failure to store it does not concern. */
        private boolean isByTheWay() {
            return this == FAIL_OVER || this == FAIL_BACK;
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
    void brokenOffAnywhereItIsDoneOrNotAndNoEventIsLost(Change change, Kind kind) {
        List<String> calls = tried(change, CrashPoint.NONE).calls();
        assertThat(calls).isNotEmpty();
        CrashPoint.all(kind, calls.size()).forEach(point -> {
            Outcome<?> outcome = tried(change, point);
            String tried = "%s, %s of %s".formatted(change, point, outcome.calls());
            assertThat(outcome.calls()).as(tried).hasSizeGreaterThanOrEqualTo(point.call());
            assertThat(outcome.died()).as(tried).isEqualTo(kind.isDeadly());
            if (isLost(kind) && calls.get(point.call() - 1).startsWith("DynamoDb.transactWriteItems ")) {
                assertThat(outcome.isDone()).as("read back: " + tried).isTrue();
            }
        });
    }

    private static boolean isLost(Kind kind) {
        return kind == Kind.ANSWER_LOST || kind == Kind.DONE_ALL_THE_SAME;
    }

    /** One change, broken off at a call. */
    private static Outcome<?> tried(Change change, CrashPoint point) {
        try (SimulatedService service = SimulatedService.begin()) {
            Trial trial = new Trial(service);
            trial.prepare(change);
            DestinationStore.Stored before = trial.stored();
            Outcome<?> outcome = service.request(point, trial.work(change));
            String tried = "%s, %s of %s".formatted(change, point, outcome.calls());

            if (outcome.failure() != null) {
                assertThat(outcome.failure()).as(tried).isInstanceOf(Unavailable.class);
            }
            service.advance(Duration.ofMinutes(1));
            DestinationStore.Stored after = trial.stored();
            boolean done = after.sequence() != before.sequence();
            assertThat(after.sequence() - before.sequence()).as(tried).isBetween(0L, 1L);
            if (outcome.isDone() && !change.isByTheWay()) {
                assertThat(done).as(tried).isTrue();
            }
            if (point.equals(CrashPoint.NONE) || point.kind() == Kind.REPEATED) {
                assertThat(outcome.isDone()).as(tried).isTrue();
                assertThat(done).as(tried).isTrue();
            }
            if (change.isByTheWay()) {
                Place place = change == Change.FAIL_OVER ? Place.SECONDARY : Place.PRIMARY;
                assertThat(trial.serving()).as(tried).contains(place);
                assertThat(trial.stored().sequence()).as(tried).isEqualTo(before.sequence() + 1);
            }
            trial.assertThatEachChangeIsTold(tried);
            return outcome;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsFasterADestinationIsNeverInactive(Place place) {
        inManyOrders(trial -> {
            Wanted wanted = place == Place.PRIMARY
                    ? new Wanted(trial.other, Optional.of(trial.one))
                    : new Wanted(trial.one, Optional.of(trial.other));
            List<Outcome<Object>> results = trial.atOnce(List.of(
                    it -> it.bean(Destinations.class).set(Trial.ADA, wanted, Optional.empty()),
                    it -> it.bean(Activation.class).deactivate(Trial.ADA, trial.other)));

            boolean set = trial.stored().destination().isPresent();
            assertThat(set).as("%s", results).isEqualTo(trial.isActive(trial.other));
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.failure())
                            .satisfiesAnyOf(
                                    it -> assertThat(it).isNull(),
                                    it -> assertThat(it).isInstanceOfAny(InUse.class, ProblemException.class)));
            assertThat(results).filteredOn(Outcome::isDone).isNotEmpty();
            trial.assertThatEachChangeIsTold("");
        });
    }

    @Test
    void ofTwoAdministratorsOneWins() {
        inManyOrders(trial -> {
            trial.set(new Wanted(trial.one, Optional.of(trial.other)));
            Optional<IfMatch> version = trial.version();
            List<Outcome<Object>> results = trial.atOnce(List.of(
                    it -> it.bean(Destinations.class).set(Trial.ADA, new Wanted(trial.one, Optional.empty()), version),
                    it -> it.bean(Destinations.class)
                            .set(Trial.ADA, new Wanted(trial.other, Optional.of(trial.one)), version)));

            assertThat(results).filteredOn(Outcome::isDone).hasSize(1);
            assertThat(results)
                    .filteredOn(it -> !it.isDone())
                    .allSatisfy(it -> assertThat(it.failure()).isInstanceOf(ProblemException.class));
            assertThat(results)
                    .filteredOn(Outcome::isDone)
                    .extracting(Outcome::result)
                    .containsExactly(trial.stored().destination().orElseThrow());
            trial.assertThatEachChangeIsTold("");
        });
    }

    @Test
    void manyWhoAskAtOnceFindTheSameAndTellOneChange() {
        inManyOrders(trial -> {
            trial.prepare(Change.FAIL_OVER);
            long before = trial.stored().sequence();
            Work<Object> ask =
                    it -> it.bean(Failover.class).readiness(Trial.TENANT).serving();
            List<Outcome<Object>> results = trial.atOnce(List.of(ask, ask, ask, ask));

            assertThat(results).extracting(Outcome::result).containsOnly(Optional.of(Place.SECONDARY));
            assertThat(trial.stored().sequence()).isEqualTo(before + 1);
            trial.assertThatEachChangeIsTold("");
        });
    }

    @Test
    void onThatWasDeletedByForceIsNotReady() {
        try (SimulatedService service = SimulatedService.begin()) {
            Trial trial = new Trial(service);
            trial.set(new Wanted(trial.one, Optional.of(trial.other)));
            service.table()
                    .deleteItem(
                            request -> request.tableName(service.tableName()).key(key(trial.one)));

            Readiness readiness = service.done(it -> it.bean(Failover.class).readiness(Trial.TENANT));
            assertThat(readiness.chosen().orElseThrow().integration()).isEqualTo(trial.other);
        }
    }

    /** Each order with a tenant of its own: in one process, and in one for each request. */
    private static void inManyOrders(Consumer<Trial> meeting) {
        for (int seed = 0; seed < ORDERS; seed++) {
            try (SimulatedService service = SimulatedService.begin(seed)) {
                Trial trial = new Trial(service);
                trial.shared = seed % 2 == 0;
                meeting.accept(trial);
            } catch (AssertionError failed) {
                throw new AssertionError("in order " + seed, failed);
            }
        }
    }

    private static Map<String, AttributeValue> key(IntegrationId id) {
        return TableKey.of(Trial.TENANT, "INT#" + id);
    }

    /** A tenant with two active integrations. */
    private static final class Trial {
        private static final Tenant TENANT = new Tenant("acme");
        private static final Actor ADA = new Actor(TENANT, "ada", "198.51.100.7", "request");

        private final SimulatedService service;
        private final IntegrationId one;
        private final IntegrationId other;
        private boolean shared;

        Trial(SimulatedService service) {
            this.service = service;
            one = active("Plant 7");
            other = active("Plant 8");
        }

        private IntegrationId active(String name) {
            Integration created = service.done(it -> {
                Creation creation = it.bean(Creation.class);
                return creation.create(
                                ADA,
                                SimulatedCustomer.integration(name, SimulatedCustomer.ROLE),
                                false,
                                creation.newId())
                        .integration();
            });
            service.done(it -> it.bean(Activation.class).activate(ADA, created.id()));
            return created.id();
        }

        boolean isActive(IntegrationId id) {
            return service.done(it -> it.bean(IntegrationStore.class).get(TENANT, id))
                    .isActive();
        }

        List<Outcome<Object>> atOnce(List<Work<Object>> all) {
            return service.atOnce(shared, all);
        }

        void prepare(Change change) {
            if (change != Change.SET && change != Change.SET_BOTH) {
                set(new Wanted(one, Optional.of(other)));
            }
            if (change.isByTheWay()) {
                health("UNHEALTHY", Optional.of("put"));
            }
            if (change == Change.FAIL_BACK) {
                assertThat(serving()).contains(Place.SECONDARY);
                service.advance(ReadinessRules.HOLD);
                health("HEALTHY", Optional.empty());
            }
        }

        Work<Object> work(Change change) {
            return switch (change) {
                case SET -> setting(new Wanted(one, Optional.empty()), Optional.empty());
                case SET_BOTH -> setting(new Wanted(one, Optional.of(other)), Optional.empty());
                case REPLACE -> setting(new Wanted(other, Optional.of(one)), version());
                case REMOVE ->
                    it -> {
                        it.bean(Destinations.class).remove(ADA, Optional.empty());
                        return "removed";
                    };
                case FAIL_OVER, FAIL_BACK -> it -> it.bean(Failover.class).readiness(TENANT);
            };
        }

        void set(Wanted wanted) {
            service.done(setting(wanted, Optional.empty()));
        }

        private static Work<Object> setting(Wanted wanted, Optional<IfMatch> ifMatch) {
            return it -> it.bean(Destinations.class).set(ADA, wanted, ifMatch);
        }

        Optional<IfMatch> version() {
            return IfMatch.of(List.of(IfMatch.tag(stored().version())));
        }

        DestinationStore.Stored stored() {
            return service.done(it -> it.bean(DestinationStore.class).read(TENANT, List.of()))
                    .stored();
        }

        Optional<Place> serving() {
            return service.done(it -> it.bean(Failover.class).readiness(TENANT)).serving();
        }

        /** Each sequence once, however often it is delivered. */
        void assertThatEachChangeIsTold(String tried) {
            service.advance(Duration.ofMinutes(1));
            service.swept(one.value());
            service.swept(other.value());
            assertThat(service.events("Recording Destination Changed").stream()
                            .map(event -> event.path("sequence").asLong())
                            .distinct())
                    .as(tried)
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, stored().sequence())
                            .boxed()
                            .toList());
        }

        /** Of the first integration. */
        private void health(String status, Optional<String> failed) {
            Map<String, AttributeValue> values =
                    Map.of(":status", AttributeValue.fromS(status), ":failed", AttributeValue.fromS(failed.orElse("")));
            service.table()
                    .updateItem(request -> request.tableName(service.tableName())
                            .key(key(one))
                            .updateExpression("SET #health.#status = :status, #health.#failed = :failed")
                            .expressionAttributeNames(
                                    Map.of("#health", "health", "#status", "status", "#failed", "failedChecks"))
                            .expressionAttributeValues(values));
        }
    }
}
