package dev.sea.integrations.simulation.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Makes the same random calls on a model and on the local AWS. Where the answers differ, it looks for the shortest sequence of
 * calls that shows it.
 *
 * @param calls makes a sequence; the same one for the same random numbers
 * @param trial makes the calls on both, each from a fresh start
 */
public record Differential<C>(Function<RandomGenerator, List<C>> calls, Trial<C> trial) {

    /** How many shorter sequences to try. */
    private static final int MOST_TRIALS = 300;

    /** Makes calls on both. */
    public interface Trial<C> {
        /** The first call that was answered differently; empty if there is none. */
        Optional<Difference> difference(List<C> calls);
    }

    /**
     * Two answers to the same call.
     *
     * @param at the place of the call in the sequence
     */
    public record Difference(int at, String ofModel, String ofAws) {}

    /** Finds no difference for any of the seeds from the first one on. */
    public void check(long first, int seeds) {
        for (long seed = first; seed < first + seeds; seed++) {
            List<C> sequence = calls.apply(new SplittableRandom(seed));
            Optional<Difference> found = trial.difference(sequence);
            if (found.isPresent()) {
                throw new AssertionError(report(seed, sequence, found.get()));
            }
        }
    }

    private String report(long seed, List<C> sequence, Difference found) {
        Shortened<C> shortest = shorten(new Shortened<>(sequence.subList(0, found.at() + 1), found));
        return "Seed " + seed + ". The model and the local AWS differ after these calls:\n"
                + shortest.calls().stream().map(String::valueOf).collect(Collectors.joining("\n"))
                + "\nmodel: " + shortest.difference().ofModel()
                + "\naws:   " + shortest.difference().ofAws();
    }

    private record Shortened<C>(List<C> calls, Difference difference) {}

    /** Leaves out halves, quarters and so on, down to single calls, as long as both still differ. */
    private Shortened<C> shorten(Shortened<C> from) {
        Shortened<C> shortest = from;
        int trials = 0;
        for (int size = from.calls().size() / 2; size > 0; size /= 2) {
            int start = 0;
            while (start + size <= shortest.calls().size() && trials++ < MOST_TRIALS) {
                List<C> fewer = new ArrayList<>(shortest.calls());
                fewer.subList(start, start + size).clear();
                Optional<Difference> still = trial.difference(fewer);
                if (still.isPresent()) {
                    shortest = new Shortened<>(fewer.subList(0, still.get().at() + 1), still.get());
                } else {
                    start += size;
                }
            }
        }
        return shortest;
    }
}
