package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.evidence.TrackedGrant.Failure;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.lifecycle.Activation;
import dev.sea.integrations.lifecycle.Creation;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.simulation.CrashPoint;
import dev.sea.integrations.simulation.Fault.Kind;
import dev.sea.integrations.simulation.SimulatedCustomer;
import dev.sea.integrations.simulation.SimulatedService;
import dev.sea.integrations.simulation.SimulatedService.Outcome;
import dev.sea.integrations.simulation.SimulatedService.Work;
import dev.sea.integrations.store.DueIndex.GrantKey;
import dev.sea.integrations.table.TypedItem;
import dev.sea.integrations.testing.StoredData;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Breaks every report and every look off at each of its calls to AWS in turn, in every way. Then the recorder reports again,
 * and sweeps look: each grant has counted once, and each event has been told.
 */
class EvidenceCrashTest {
    /** What is broken off, and what it comes to. */
    enum Change {
        STORED("stored", false),
        MISMATCH("missing", false),
        FAILED("failed", false),
        FAILED_SINCE_AN_OBJECT_WAS_THERE("stored", false),
        FAILED_FOR_THE_FIFTH_TIME("failed", false),
        STORED_AFTER_A_FAILURE("stored", false),
        RECOVERED_BY_FIVE_STORED("stored", false),
        FOUND_BY_A_SWEEP("stored", true),
        MISMATCH_FOUND_BY_A_SWEEP("missing", true),
        MISSED_BY_A_SWEEP("missing", true);

        private final String counter;
        private final boolean isLook;

        Change(String counter, boolean isLook) {
            this.counter = counter;
            this.isLook = isLook;
        }
    }

    static Stream<Arguments> all() {
        return Stream.of(Change.values())
                .flatMap(change -> Stream.of(Kind.values())
                        // Of these, only a sweep has three minutes.
                        .filter(kind -> kind != Kind.STALL || change.isLook)
                        .map(kind -> Arguments.of(change, kind)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachGrantCountsOnceWhateverBreaksOff(Change change, Kind kind) {
        Outcome<?> undisturbed = tried(change, CrashPoint.NONE);
        assertThat(undisturbed.calls()).isNotEmpty();
        CrashPoint.all(kind, undisturbed.calls().size()).forEach(point -> {
            Outcome<?> outcome = tried(change, point);
            String tried = "%s, %s of %s".formatted(change, point, outcome.calls());
            assertThat(outcome.calls()).as(tried).hasSizeGreaterThanOrEqualTo(point.call());
            assertThat(outcome.died()).as(tried).isEqualTo(kind.isDeadly());
            if (kind == Kind.REPEATED) {
                assertDone(outcome, tried);
                if (change.isLook) {
                    assertThat(outcome.result()).as(tried).isEqualTo(undisturbed.result());
                }
            }
        });
    }

    private static void assertDone(Outcome<?> outcome, String point) {
        assertThat(outcome.died()).as(point).isFalse();
        assertThat(outcome.failure())
                .as(point)
                .satisfiesAnyOf(
                        it -> assertThat(it).isNull(), it -> assertThat(it).isInstanceOf(ReceiptRefused.class));
    }

    /** One grant, broken off at a call, then brought to its end. */
    private static Outcome<?> tried(Change change, CrashPoint point) {
        try (SimulatedService service = SimulatedService.begin()) {
            return new Trial(service, change).tried(point);
        }
    }

    /** One try, with an integration of its own. */
    private static final class Trial {
        private static final Tenant TENANT = new Tenant("acme");
        private static final Actor RECORDER = new Actor(TENANT, "recorder-7", "198.51.100.7", "request");
        private static final Duration WINDOW = Duration.ofMinutes(10);

        private final SimulatedService service;
        private final Change change;
        private final IntegrationId integration;
        private final StoredData stored;
        private final Map<String, Long> counters = new HashMap<>();
        private int grants;

        Trial(SimulatedService service, Change change) {
            this.service = service;
            this.change = change;
            this.stored = service.stored(TENANT.id());
            Actor ada = new Actor(TENANT, "ada", "198.51.100.7", "request");
            Integration created = service.done(it -> {
                Creation creation = it.bean(Creation.class);
                return creation.create(
                                ada,
                                SimulatedCustomer.integration("Plant 7", SimulatedCustomer.ROLE),
                                false,
                                creation.newId())
                        .integration();
            });
            integration = created.id();
            service.done(it -> it.bean(Activation.class).activate(ada, integration));
            // Then only failing use asks for a validation.
            service.validatedIn(TENANT, integration, Duration.ofDays(7));
        }

        Outcome<?> tried(CrashPoint point) {
            toNextWindow();
            before();
            RecordGrant grant = granted();
            prepare(grant);
            Outcome<?> outcome = change.isLook ? service.sweep(point, run(grant)) : service.request(point, run(grant));
            String tried = "%s, %s of %s".formatted(change, point, outcome.calls());
            if (point.equals(CrashPoint.NONE)) {
                assertDone(outcome, tried);
            } else if (outcome.failure() != null) {
                assertThat(outcome.failure()).as(tried).isInstanceOfAny(ProblemException.class, SdkException.class);
            }
            again(grant);
            service.advance(Duration.ofMinutes(3));
            sweep();
            sweep();
            assertThat(scopes()).as(tried).isEqualTo(isFailing() ? List.of("FULL", "FULL") : List.of("FULL"));
            service.advance(Duration.ofDays(2));
            sweep();
            sweep();
            count(change.counter);
            assertCountedOnce(tried);
            return outcome;
        }

        /** What is told of earlier grants. */
        private void before() {
            int failures = switch (change) {
                case FAILED_FOR_THE_FIFTH_TIME -> 4;
                case RECOVERED_BY_FIVE_STORED -> 5;
                default -> 0;
            };
            for (int i = 0; i < failures; i++) {
                service.done(failed(granted(), 403, "AccessDenied"));
                count("failed");
            }
            if (change == Change.RECOVERED_BY_FIVE_STORED) {
                toNextWindow();
                for (int i = 0; i < 4; i++) {
                    RecordGrant grant = granted();
                    stores(grant, Recorder.CONTENT);
                    service.done(stored(grant));
                    count("stored");
                }
            }
        }

        private void count(String counter) {
            counters.merge(counter, 1L, Long::sum);
        }

        private void prepare(RecordGrant grant) {
            switch (change) {
                case STORED, FAILED_SINCE_AN_OBJECT_WAS_THERE, RECOVERED_BY_FIVE_STORED ->
                    stores(grant, Recorder.CONTENT);
                case MISMATCH -> stores(grant, "somebody else's");
                case FAILED, FAILED_FOR_THE_FIFTH_TIME -> {}
                case FOUND_BY_A_SWEEP -> {
                    stores(grant, Recorder.CONTENT);
                    service.advance(Recorder.LIFETIME.plus(Duration.ofMinutes(1)));
                }
                case MISMATCH_FOUND_BY_A_SWEEP -> {
                    stores(grant, "somebody else's");
                    service.advance(Recorder.LIFETIME.plus(Duration.ofMinutes(1)));
                }
                case MISSED_BY_A_SWEEP -> service.advance(Duration.ofDays(1).plus(Recorder.LIFETIME));
                case STORED_AFTER_A_FAILURE -> {
                    service.done(failed(grant, 500, "InternalError"));
                    stores(grant, Recorder.CONTENT);
                }
            }
        }

        private Work<Object> run(RecordGrant grant) {
            return switch (change) {
                case STORED, MISMATCH, STORED_AFTER_A_FAILURE, RECOVERED_BY_FIVE_STORED -> stored(grant);
                case FAILED, FAILED_FOR_THE_FIFTH_TIME -> failed(grant, 403, "AccessDenied");
                case FAILED_SINCE_AN_OBJECT_WAS_THERE -> failed(grant, 412, "PreconditionFailed");
                case FOUND_BY_A_SWEEP, MISMATCH_FOUND_BY_A_SWEEP, MISSED_BY_A_SWEEP ->
                    it -> it.bean(Looks.class)
                            .look(TENANT, new GrantKey(integration, grant.id().value()));
            };
        }

        private Work<Object> failed(RecordGrant grant, int httpStatus, String errorCode) {
            Failure failure = new Failure(Optional.of(httpStatus), Optional.of(errorCode));
            return it -> it.bean(Outcomes.class).failed(RECORDER, integration, grant.id(), failure);
        }

        private Work<Object> stored(RecordGrant grant) {
            return it -> it.bean(Outcomes.class).stored(RECORDER, integration, grant.id());
        }

        private RecordGrant granted() {
            RecordGrant grant = Recorder.grant(
                    TENANT,
                    integration,
                    new ObjectKey("2026/" + grants++ + ".mp4"),
                    SimulatedCustomer.TARGET.region(),
                    SimulatedCustomer.TARGET.bucket(),
                    service.now());
            return service.done(it -> {
                it.bean(GrantStore.class).put(grant);
                return grant;
            });
        }

        private void stores(RecordGrant grant, String content) {
            service.store(grant.location().key(), content);
        }

        /** The recorder got no answer and reports again. A sweep comes by itself. */
        private void again(RecordGrant grant) {
            if (!change.isLook) {
                Outcome<Object> outcome = service.request(CrashPoint.NONE, run(grant));
                if (change == Change.MISMATCH) {
                    assertThat(outcome.failure()).isInstanceOf(ReceiptRefused.class);
                } else {
                    assertThat(outcome.failure()).isNull();
                }
            }
        }

        private void sweep() {
            service.swept(integration.value());
        }

        private void toNextWindow() {
            long window = WINDOW.toMillis();
            service.advance(Duration.ofMillis(window - service.now().toEpochMilli() % window));
        }

        /** Of all validations, that of the activation included. */
        private List<String> scopes() {
            return stored.items("VAL#" + integration + "#").stream()
                    .map(item -> new TypedItem(item).text("report").replaceFirst("(?s).*\"scope\":\"(\\w+)\".*", "$1"))
                    .toList();
        }

        private void assertCountedOnce(String point) {
            LocalDate today = TrackedGrant.dayOf(service.now());
            List<EvidenceStore.Day> days = service.done(it -> List.copyOf(it.bean(EvidenceStore.class)
                    .days(TENANT, integration, today.minusDays(29), today)
                    .values()));
            Map<String, Long> counted = new HashMap<>();
            counted.put("open", open());
            counted.put("stored", sum(days, EvidenceStore.Day::stored));
            counted.put("failed", sum(days, EvidenceStore.Day::failed));
            counted.put("missing", sum(days, EvidenceStore.Day::missing));
            counted.put("unverified", sum(days, EvidenceStore.Day::unverified));
            counted.values().removeIf(Predicate.isEqual(0L));
            assertThat(counted).as(point).isEqualTo(counters);
            boolean missing = change.counter.equals("missing");
            assertThat(stored.items("MISSING#")).as(point).hasSize(missing ? 1 : 0);
            assertTold("Recording Missing", missing, point);
            assertTold("Integration Use Failing", isFailing(), point);
            assertTold("Integration Use Recovered", change == Change.RECOVERED_BY_FIVE_STORED, point);
            assertThat(stored.items("USE#")).as(point).noneMatch(use -> use.containsKey("dueAt"));
            assertThat(stored.items("GRANT#"))
                    .as(point)
                    .hasSize(grants)
                    .noneMatch(grant -> grant.containsKey("dueAt") || grant.containsKey("lease"));
        }

        private boolean isFailing() {
            return change == Change.FAILED_FOR_THE_FIFTH_TIME || change == Change.RECOVERED_BY_FIVE_STORED;
        }

        /** Once, or again where the event could not be crossed off. */
        private void assertTold(String detailType, boolean isTold, String point) {
            assertThat(service.events(detailType).stream().distinct())
                    .as("%s, %s", detailType, point)
                    .hasSize(isTold ? 1 : 0);
        }

        private long open() {
            return service.done(it -> it
                    .bean(TrackedGrantStore.class)
                    .open(TENANT, integration, service.now().minus(TrackedGrant.OPEN_AT_MOST))
                    .values()
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum());
        }

        private static long sum(List<EvidenceStore.Day> days, ToLongFunction<EvidenceStore.Day> counter) {
            return days.stream().mapToLong(counter).sum();
        }
    }
}
