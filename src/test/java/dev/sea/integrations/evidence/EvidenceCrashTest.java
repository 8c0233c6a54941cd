package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.evidence.TrackedGrant.Failure;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DueIndex.GrantKey;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Interruption;
import dev.sea.integrations.testing.Interruption.Kind;
import dev.sea.integrations.testing.Interruption.Outcome;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Breaks every report and every look off at its calls to DynamoDB and EventBridge in turn, in four ways. Then the recorder
 * reports again, and sweeps look: each grant has counted once, and each event has been told.
 */
@QuarkusTest
class EvidenceCrashTest {
    @Inject
    Outcomes outcomes;

    @Inject
    Looks looks;

    @Inject
    GrantStore grants;

    @Inject
    TestClock clock;

    /** What is broken off, and what it comes to. */
    enum Change {
        STORED("stored"),
        MISMATCH("missing"),
        FAILED("failed"),
        FAILED_FOR_THE_FIFTH_TIME("failed"),
        FOUND_BY_A_SWEEP("stored"),
        MISSED_BY_A_SWEEP("missing"),
        STORED_AFTER_A_FAILURE("stored");

        private final String counter;

        Change(String counter) {
            this.counter = counter;
        }
    }

    static Stream<Arguments> all() {
        return Stream.of(Change.values())
                .flatMap(change -> Stream.of(Kind.values()).map(kind -> Arguments.of(change, kind)));
    }

    @BeforeEach
    void nothingElseIsDue() {
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachGrantCountsOnceWhateverBreaksOff(Change change, Kind kind) {
        List<String> calls = tried(change, kind, 0).calls();
        List<Integer> points = IntStream.rangeClosed(1, calls.size())
                // A read that fails, or is repeated, leaves nothing.
                .filter(n -> kind == Kind.CRASH || !calls.get(n - 1).contains(" Get"))
                .boxed()
                .toList();
        assertThat(points).isNotEmpty();
        points.forEach(n -> {
            Outcome<?> outcome = tried(change, kind, n);
            if (kind == Kind.REPEATED) {
                assertDone(outcome, "%s at call %d of %s".formatted(kind, n, outcome.calls()));
            }
        });
    }

    private static void assertDone(Outcome<?> outcome, String point) {
        assertThat(outcome.failure())
                .as(point)
                .satisfiesAnyOf(
                        it -> assertThat(it).isNull(), it -> assertThat(it).isInstanceOf(ReceiptRefused.class));
    }

    /** One grant of an integration of its own, broken off at a call, then brought to its end; try 0 is left alone. */
    private Outcome<?> tried(Change change, Kind kind, int n) {
        clock.reset();
        Monitored own = Monitored.active(Customer.healthy());
        Recorder recorder = new Recorder(own, grants);
        Actor itsRecorder = new Actor(new Tenant(own.tenant()), "recorder-7", "198.51.100.7", "request");
        toNextWindow();
        int before = before(change, recorder);
        RecordGrant grant = recorder.granted(clock.instant());
        prepare(change, recorder, grant);
        Outcome<?> outcome = Interruption.at(n, kind, () -> run(change, itsRecorder, grant));
        if (n == 0) {
            assertDone(outcome, "undisturbed");
        }
        again(change, itsRecorder, grant);
        clock.advance(Duration.ofMinutes(3));
        own.sweep();
        clock.advance(Duration.ofDays(2));
        own.sweep();
        own.sweep();
        String point = "%s, %s at call %d of %s".formatted(change, kind, n, outcome.calls());
        assertCountedOnce(change, own, before, point);
        return outcome;
    }

    private int before(Change change, Recorder recorder) {
        int failed = change == Change.FAILED_FOR_THE_FIFTH_TIME ? 4 : 0;
        for (int i = 0; i < failed; i++) {
            recorder.reportsFailed(recorder.granted(clock.instant()), 403, "AccessDenied");
        }
        return failed;
    }

    private void prepare(Change change, Recorder recorder, RecordGrant grant) {
        switch (change) {
            case STORED -> recorder.stores(grant);
            case MISMATCH -> recorder.stores(grant, "somebody else's");
            case FAILED, FAILED_FOR_THE_FIFTH_TIME -> {}
            case FOUND_BY_A_SWEEP -> {
                recorder.stores(grant);
                clock.advance(Recorder.LIFETIME.plus(Duration.ofMinutes(1)));
            }
            case MISSED_BY_A_SWEEP -> clock.advance(Duration.ofDays(1).plus(Recorder.LIFETIME));
            case STORED_AFTER_A_FAILURE -> {
                recorder.reportsFailed(grant, 500, "InternalError");
                recorder.stores(grant);
            }
        }
    }

    private Object run(Change change, Actor itsRecorder, RecordGrant grant) {
        return switch (change) {
            case STORED, MISMATCH, STORED_AFTER_A_FAILURE ->
                outcomes.stored(itsRecorder, grant.integration(), grant.id());
            case FAILED, FAILED_FOR_THE_FIFTH_TIME ->
                outcomes.failed(
                        itsRecorder,
                        grant.integration(),
                        grant.id(),
                        new Failure(Optional.of(403), Optional.of("AccessDenied")));
            case FOUND_BY_A_SWEEP, MISSED_BY_A_SWEEP ->
                looks.look(
                        grant.tenant(),
                        new GrantKey(grant.integration(), grant.id().value()));
        };
    }

    /** The recorder got no answer and reports again. A sweep comes by itself. */
    private void again(Change change, Actor itsRecorder, RecordGrant grant) {
        switch (change) {
            case STORED, MISMATCH, FAILED, FAILED_FOR_THE_FIFTH_TIME, STORED_AFTER_A_FAILURE -> {
                try {
                    run(change, itsRecorder, grant);
                } catch (ReceiptRefused mismatch) {
                    assertThat(change).isEqualTo(Change.MISMATCH);
                }
            }
            case FOUND_BY_A_SWEEP, MISSED_BY_A_SWEEP -> {}
        }
    }

    private static void assertCountedOnce(Change change, Monitored own, int before, String point) {
        JsonNode totals = own.admin().get(own.path() + "/evidence").json().path("totals");
        assertThat(totals.path("granted").asInt()).as(point).isEqualTo(before + 1);
        assertThat(totals.path(change.counter).asInt()).as(point + totals).isEqualTo(before + 1);
        boolean missing = change.counter.equals("missing");
        StoredData stored = new StoredData(own.tenant());
        assertThat(stored.items("MISSING#")).as(point).hasSize(missing ? 1 : 0);
        assertThat(told(own, "Recording Missing")).as(point).isEqualTo(missing);
        boolean failing = change == Change.FAILED_FOR_THE_FIFTH_TIME;
        assertThat(told(own, "Integration Use Failing")).as(point).isEqualTo(failing);
        for (Map<String, AttributeValue> use : stored.items("USE#")) {
            assertThat(use).as(point).doesNotContainKey("dueAt");
        }
        for (Map<String, AttributeValue> grant : stored.items("GRANT#")) {
            assertThat(grant).as(point).doesNotContainKeys("dueAt", "lease");
        }
        if (failing) {
            assertThat(own.admin()
                            .get(own.path() + "/validations?limit=1")
                            .json()
                            .at("/items/0/scope")
                            .asText())
                    .as(point)
                    .isEqualTo("FULL");
        }
    }

    /** Once, or again where the event could not be crossed off. */
    private static boolean told(Monitored own, String detailType) {
        List<JsonNode> events = LocalAws.events(own.id(), detailType);
        assertThat(events.stream().distinct().count()).isLessThanOrEqualTo(1);
        return !events.isEmpty();
    }

    private void toNextWindow() {
        long window = Duration.ofMinutes(10).toMillis();
        clock.advance(Duration.ofMillis(window - clock.instant().toEpochMilli() % window));
    }
}
