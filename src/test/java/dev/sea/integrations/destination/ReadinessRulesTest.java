package dev.sea.integrations.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.Destination.Standing;
import dev.sea.integrations.destination.ReadinessRules.Fitness;
import dev.sea.integrations.destination.ReadinessRules.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the two takes the recordings. */
class ReadinessRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(3));
    private static final Fitness READY = new Fitness.Ready(NOON, NOON.plus(Duration.ofHours(6)));
    private static final Fitness NOT = new Fitness.NotReady(Reason.UNHEALTHY, Optional.of(NOON));

    private final ReadinessRules rules = new ReadinessRules(Duration.ofHours(6), _ -> false);

    @ParameterizedTest
    @CsvSource({
        // serving, primary, secondary, minutes since the change, serves then
        "PRIMARY, ready, ready, 60, PRIMARY",
        "PRIMARY, ready, not, 60, PRIMARY",
        "PRIMARY, not, ready, 60, SECONDARY",
        "PRIMARY, not, ready, 0, SECONDARY",
        "PRIMARY, not, not, 60, PRIMARY",
        "SECONDARY, ready, ready, 60, PRIMARY",
        "SECONDARY, ready, ready, 10, PRIMARY",
        "SECONDARY, ready, ready, 9, SECONDARY",
        "SECONDARY, ready, not, 1, PRIMARY",
        "SECONDARY, not, ready, 60, SECONDARY",
        "SECONDARY, not, not, 60, SECONDARY",
    })
    void theOneThatServes(Place serving, String primary, String secondary, int minutes, Place then) {
        Standing standing = new Standing(serving, NOON, Optional.empty(), 7);

        Standing next = rules.next(
                standing, fitness(primary), fitness(secondary), NOON, NOON.plus(Duration.ofMinutes(minutes)));

        assertThat(next.serving()).isEqualTo(then);
        assertThat(next.sequence()).isEqualTo(serving == then ? 7 : 8);
        assertThat(next.since()).isEqualTo(serving == then ? NOON : NOON.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void aPrimaryThatComesAndGoesEachMinuteIsLeftOnce() {
        List<Place> places = new ArrayList<>();
        Standing standing = new Standing(Place.PRIMARY, LONG_AGO, Optional.empty(), 1);
        Instant changed = NOON;
        for (int minute = 0; minute < 120; minute++) {
            Instant now = NOON.plus(Duration.ofMinutes(minute));
            changed = now;
            standing = rules.next(standing, minute % 2 == 0 ? NOT : READY, READY, changed, now);
            places.add(standing.serving());
        }

        assertThat(places).containsOnly(Place.SECONDARY);
        assertThat(standing.sequence()).isEqualTo(2);

        Instant end = changed.plus(ReadinessRules.HOLD);
        assertThat(rules.next(standing, READY, READY, changed, end.minusSeconds(1))
                        .serving())
                .isEqualTo(Place.SECONDARY);
        assertThat(rules.next(standing, READY, READY, changed, end).serving()).isEqualTo(Place.PRIMARY);
    }

    @Test
    void aPrimaryThatWasBackEarlyAndStayedTakesOverWhenTheTimeIsOver() {
        Standing standing =
                rules.next(new Standing(Place.PRIMARY, LONG_AGO, Optional.empty(), 1), NOT, READY, NOON, NOON);
        Instant back = NOON.plus(Duration.ofMinutes(3));
        standing = rules.next(standing, READY, READY, back, back);

        assertThat(standing.serving()).isEqualTo(Place.SECONDARY);
        assertThat(rules.next(standing, READY, READY, back, NOON.plus(Duration.ofMinutes(10)))
                        .serving())
                .isEqualTo(Place.PRIMARY);
    }

    @Test
    void afterALongOutageThePrimaryIsBackAtItsFirstPass() {
        Standing standing =
                rules.next(new Standing(Place.PRIMARY, LONG_AGO, Optional.empty(), 1), NOT, READY, NOON, NOON);
        for (int hour : IntStream.range(1, 5).toArray()) {
            standing = rules.next(standing, NOT, READY, NOON, NOON.plus(Duration.ofHours(hour)));
        }
        Instant pass = NOON.plus(Duration.ofHours(5));

        assertThat(rules.next(standing, READY, READY, pass, pass).serving()).isEqualTo(Place.PRIMARY);
    }

    @Test
    void noScheduleOfOutagesLeavesAReadyOneForOneThatIsNot() {
        for (int schedule = 0; schedule < 1 << 12; schedule++) {
            Standing standing = new Standing(Place.PRIMARY, NOON, Optional.empty(), 1);
            for (int step = 0; step < 6; step++) {
                boolean primary = (schedule >> (2 * step) & 1) == 0;
                boolean secondary = (schedule >> (2 * step) & 2) == 0;
                Instant now = NOON.plus(Duration.ofMinutes(4L * step));
                standing = rules.next(standing, primary ? READY : NOT, secondary ? READY : NOT, now, now);
                boolean serves = standing.serving() == Place.PRIMARY ? primary : secondary;
                assertThat(serves).as("schedule %d, step %d", schedule, step).isEqualTo(primary || secondary);
            }
        }
    }

    private static Fitness fitness(String word) {
        return word.equals("ready") ? READY : NOT;
    }
}
