package dev.sea.integrations.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.simulation.Simulation.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of schedules in which requests, sweeps and faults meet. {@code -Dsimulation.seeds=} says how many, {@code
 * -Dsimulation.first=} where they begin, and {@code -Dsimulation.seed=} plays one again, step by step.
 *
 * <p>docs/reliability.md says what this proves.
 */
class SimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 2_000L);
    private static final long FIRST = Long.getLong("simulation.first", 1L);
    private static final long PLAYED_TWICE = 25;

    private final Simulated jvm = Simulated.begin();

    @AfterEach
    void end() {
        jvm.close();
    }

    @Test
    void no_order_of_requests_sweeps_and_faults_breaks_a_promise() {
        Long only = Long.getLong("simulation.seed");
        if (only != null) {
            Result result = Simulation.of(Plan.of(only), true);
            result.trace().forEach(System.out::println);
            assertThat(result.violation()).as(result.plan().toString()).isEmpty();
            return;
        }
        Campaign campaign = Campaign.of(FIRST, SEEDS);
        System.out.println(campaign);
        assertThat(campaign.failed().map(SimulationTest::explained)).isEmpty();
    }

    private static String explained(Result failed) {
        Result shortest = Shrinking.shortest(failed);
        return "seed %d: %s%nThe shortest schedule that shows it:%n%s%n%s"
                .formatted(
                        failed.plan().seed(),
                        failed.violation().orElseThrow(),
                        shortest.plan(),
                        String.join(System.lineSeparator(), shortest.trace()));
    }

    @Test
    void a_seed_plays_the_same_to_the_letter() {
        for (long seed = FIRST; seed < FIRST + PLAYED_TWICE; seed++) {
            Result once = Simulation.of(Plan.of(seed), true);
            Result again = Simulation.of(Plan.of(seed), true);
            assertThat(again.trace()).as("seed %d", seed).isEqualTo(once.trace());
        }
    }
}
