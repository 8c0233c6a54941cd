package dev.sea.integrations.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.Destination.Wanted;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.lifecycle.Activation;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.InUse;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Interruption;
import dev.sea.integrations.testing.Interruption.Crash;
import dev.sea.integrations.testing.Interruption.Kind;
import dev.sea.integrations.testing.Interruption.Outcome;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Breaks each change of a destination off at each of its calls, and lets changes meet. */
@QuarkusTest
class DestinationCrashTest {
    private static final String TABLE = "local-sea-external-integrations";
    private static final int ROUNDS = 6;

    @Inject
    Destinations destinations;

    @Inject
    Failover failover;

    @Inject
    DestinationStore store;

    @Inject
    Activation activation;

    @Inject
    TestClock clock;

    private final Actor actor = new Actor(new Tenant(Gateway.freshTenant()), "ada", "198.51.100.7", "request");
    private final Gateway admin = Gateway.admin(actor.tenant().id());
    private final Customer customer = Customer.healthy();
    private IntegrationId one = new IntegrationId("int_01JD9Z00000000000000000000");
    private IntegrationId other = one;

    @BeforeEach
    void twoIntegrations() {
        one = active("Plant 7");
        other = active("Plant 8");
    }

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    /** What is broken off. */
    enum Change {
        SET,
        REPLACE,
        REMOVE,
        FAIL_OVER
    }

    @ParameterizedTest
    @EnumSource
    void brokenOffAnywhereItIsDoneOrNotAndNoEventIsLost(Change change) {
        for (Kind kind : Kind.values()) {
            prepare(change);
            int calls = Interruption.at(0, kind, () -> run(change)).calls().size();
            for (int n = 1; n <= calls; n++) {
                prepare(change);
                DestinationStore.Stored before = stored();
                int at = n;
                Outcome<Object> outcome = Interruption.at(at, kind, () -> run(change));
                String point = "%s, %s at call %d of %s".formatted(change, kind, at, outcome.calls());

                if (outcome.failure() != null) {
                    assertThat(outcome.failure()).as(point).isInstanceOfAny(Crash.class, Unavailable.class);
                }
                DestinationStore.Stored after = stored();
                boolean done = after.sequence() != before.sequence();
                assertThat(after.sequence() - before.sequence()).as(point).isBetween(0L, 1L);
                if (outcome.failure() == null && change != Change.FAIL_OVER) {
                    assertThat(done).as(point).isTrue();
                }
                if (kind == Kind.REPEATED) {
                    assertThat(outcome.failure()).as(point).isNull();
                    assertThat(done).as(point).isTrue();
                }
            }
        }
        assertThatEachChangeIsTold();
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY", "SECONDARY"})
    void whoeverIsFasterADestinationIsNeverInactive(Place place) throws Exception {
        Wanted wanted =
                place == Place.PRIMARY ? new Wanted(other, Optional.of(one)) : new Wanted(one, Optional.of(other));
        for (int round = 0; round < ROUNDS; round++) {
            reset();
            activation.activate(actor, other);
            List<Object> results = atOnce(List.of(
                    () -> destinations.set(actor, wanted, Optional.empty()),
                    () -> activation.deactivate(actor, other)));

            boolean set = stored().destination().isPresent();
            boolean active = admin.get("/v1/integrations/" + other)
                    .json()
                    .path("state")
                    .asText()
                    .equals("ACTIVE");
            assertThat(set).as("round %d: %s", round, results).isEqualTo(active);
            assertThat(results)
                    .allSatisfy(result -> assertThat(result)
                            .satisfiesAnyOf(
                                    it -> assertThat(it).isNotInstanceOf(Throwable.class),
                                    it -> assertThat(it).isInstanceOfAny(InUse.class, ProblemException.class)));
            assertThat(results).filteredOn(Throwable.class::isInstance).hasSizeLessThanOrEqualTo(1);
        }
        assertThatEachChangeIsTold();
    }

    @Test
    void ofTwoAdministratorsOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            reset();
            destinations.set(actor, new Wanted(one, Optional.of(other)), Optional.empty());
            Optional<IfMatch> version = IfMatch.of(List.of(IfMatch.tag(stored().version())));
            List<Object> results = atOnce(List.of(
                    () -> destinations.set(actor, new Wanted(one, Optional.empty()), version),
                    () -> destinations.set(actor, new Wanted(other, Optional.of(one)), version)));

            assertThat(results).filteredOn(Destination.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(Destination.class::isInstance)
                    .first()
                    .isEqualTo(stored().destination().orElseThrow());
        }
        assertThatEachChangeIsTold();
    }

    @Test
    void manyWhoAskAtOnceFindTheSameAndTellOneChange() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            prepare(Change.FAIL_OVER);
            long before = stored().sequence();
            Callable<Object> ask = () -> failover.readiness(actor.tenant()).serving();
            List<Object> results = atOnce(List.of(ask, ask, ask, ask));

            assertThat(results).containsOnly(Optional.of(Place.SECONDARY));
            assertThat(stored().sequence()).isEqualTo(before + 1);
        }
        assertThatEachChangeIsTold();
    }

    @Test
    void onThatWasDeletedByForceIsNotReady() {
        destinations.set(actor, new Wanted(one, Optional.of(other)), Optional.empty());
        Account.SERVICE
                .dynamoDb()
                .deleteItem(request -> request.tableName(TABLE).key(key("INT#" + one)));

        assertThat(failover.readiness(actor.tenant()).chosen().orElseThrow().integration())
                .isEqualTo(other);
    }

    private void prepare(Change change) {
        reset();
        if (change != Change.SET) {
            destinations.set(actor, new Wanted(one, Optional.of(other)), Optional.empty());
        }
        if (change == Change.FAIL_OVER) {
            health(one, "UNHEALTHY");
        }
    }

    private Object run(Change change) {
        return switch (change) {
            case SET -> destinations.set(actor, new Wanted(one, Optional.empty()), Optional.empty());
            case REPLACE ->
                destinations.set(
                        actor,
                        new Wanted(other, Optional.of(one)),
                        IfMatch.of(List.of(IfMatch.tag(stored().version()))));
            case REMOVE -> {
                destinations.remove(actor, Optional.empty());
                yield "removed";
            }
            case FAIL_OVER -> failover.readiness(actor.tenant());
        };
    }

    private void reset() {
        health(one, "HEALTHY");
        if (stored().destination().isPresent()) {
            destinations.remove(actor, Optional.empty());
        }
    }

    private DestinationStore.Stored stored() {
        return store.read(actor.tenant(), List.of()).stored();
    }

    /** Each sequence once, however often it is delivered. */
    private void assertThatEachChangeIsTold() {
        clock.advance(Duration.ofMinutes(1));
        Scheduler.tick();
        Set<Long> told =
                Set.copyOf(LocalAws.events(Map.of("tenant", actor.tenant().id(), "destination", "recordings")).stream()
                        .map(event -> event.path("sequence").asLong())
                        .toList());
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, stored().sequence()).boxed().toList());
    }

    private static List<Object> atOnce(List<Callable<Object>> all) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(all.size());
        List<Object> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
            List<Future<Object>> futures = all.stream()
                    .map(each -> threads.submit(() -> {
                        barrier.await();
                        try {
                            return each.call();
                        } catch (ProblemException refused) {
                            return (Object) refused;
                        }
                    }))
                    .toList();
            for (Future<Object> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    private void health(IntegrationId id, String status) {
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(TABLE)
                        .key(key("INT#" + id))
                        .updateExpression("SET #health.#status = :status, #health.#failed = :put")
                        .expressionAttributeNames(
                                Map.of("#health", "health", "#status", "status", "#failed", "failedChecks"))
                        .expressionAttributeValues(
                                Map.of(":status", AttributeValue.fromS(status), ":put", AttributeValue.fromS("put"))));
    }

    private Map<String, AttributeValue> key(String sk) {
        return Map.of("PK", AttributeValue.fromS("TENANT#" + actor.tenant().id()), "SK", AttributeValue.fromS(sk));
    }

    private IntegrationId active(String name) {
        String id = admin.post("/v1/integrations", customer.fill("""
                {"type": "S3", "name": "%s", "target": {"region": "us-east-1", "bucket": "${bucket}"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""".formatted(name)))
                .json()
                .path("id")
                .asText();
        assertThat(admin.post("/v1/integrations/" + id + "/activate", null).status())
                .isEqualTo(200);
        return new IntegrationId(id);
    }
}
