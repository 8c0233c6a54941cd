package dev.sea.integrations.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Finds the shortest schedule that still shows a failure: leaves out one operation or fault after the other, as long as the
 * same thing breaks. Since others then go on at other times, each attempt is made with some other seeds, too.
 */
final class Shrinking {
    private static final int SEEDS = 24;
    private static final int ROUNDS = 4;

    private Shrinking() {}

    static Simulation.Result shortest(Simulation.Result failed) {
        Simulation.Result best = failed;
        for (int round = 0; round < ROUNDS; round++) {
            Simulation.Result before = best;
            for (Operation operation : before.plan().operations()) {
                best = better(best, best.plan().without(operation));
            }
            for (Fault fault : before.plan().faults()) {
                best = better(best, best.plan().without(fault));
            }
            if (best.plan().equals(before.plan())) {
                break;
            }
        }
        return Simulation.of(best.plan(), true);
    }

    private static Simulation.Result better(Simulation.Result best, Plan shorter) {
        if (size(shorter) >= size(best.plan()) || shorter.scripts().isEmpty()) {
            return best;
        }
        return LongStream.concat(LongStream.of(shorter.seed()), LongStream.range(0, SEEDS))
                .mapToObj(seed -> Simulation.of(shorter.withSeed(seed)))
                .filter(result -> same(result.violation(), best.violation()))
                .findFirst()
                .orElse(best);
    }

    private static int size(Plan plan) {
        return plan.operations().size() + plan.faults().size();
    }

    /** Whether the same thing is broken, by the words without IDs and numbers. */
    private static boolean same(Optional<String> one, Optional<String> other) {
        return one.isPresent() && one.map(Shrinking::kind).equals(other.map(Shrinking::kind));
    }

    /** The kind of a failure: its first words. */
    static String kind(String violation) {
        List<String> words = new ArrayList<>();
        for (String word : violation.split(" ", -1)) {
            if (word.matches("[a-z,']+")) {
                words.add(word);
            }
            if (words.size() == 5 || word.endsWith(":")) {
                break;
            }
        }
        return String.join(" ", words);
    }
}
