package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.Simulation.Result;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Plays many seeds, on all processors, until one fails. Counts what they covered. */
final class Campaign {
    private final AtomicLong next;
    private final long end;
    private final Map<Fault.Kind, Integer> faults = new EnumMap<>(Fault.Kind.class);
    private final Set<String> pairs = new TreeSet<>();
    private final long start = System.nanoTime();
    private int seeds;
    private long steps;
    private @Nullable Result failed;

    private Campaign(long first, long count) {
        next = new AtomicLong(first);
        end = first + count;
    }

    /**
     * Plays so many seeds, and says which fails first.
     *
     * @param arguments how many
     */
    public static void main(String[] arguments) {
        try (Simulated jvm = Simulated.begin()) {
            Campaign campaign = of(1, Long.parseLong(arguments[0]));
            System.out.println(campaign.failed()
                    .map(result -> "seed " + result.plan().seed() + "\t"
                            + result.violation().orElseThrow())
                    .orElse("none\t" + campaign));
        }
    }

    /** Plays so many seeds from the first one on. */
    static Campaign of(long first, long count) {
        Campaign campaign = new Campaign(first, count);
        Thread[] threads = new Thread[Runtime.getRuntime().availableProcessors()];
        Arrays.setAll(
                threads,
                number -> Thread.ofPlatform().name("simulation-" + number).start(campaign::play));
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return campaign;
    }

    private void play() {
        for (long seed = next.getAndIncrement(); seed < end && failed().isEmpty(); seed = next.getAndIncrement()) {
            add(Simulation.of(Plan.of(seed)));
        }
    }

    private synchronized void add(Result result) {
        seeds++;
        steps += result.steps();
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Integer::sum));
        pairs.addAll(result.pairs());
        if (result.violation().isPresent()
                && (failed == null || result.plan().seed() < failed.plan().seed())) {
            failed = result;
        }
    }

    /** The failure with the lowest seed of those that were played. */
    synchronized Optional<Result> failed() {
        return Optional.ofNullable(failed);
    }

    @Override
    public synchronized String toString() {
        double seconds = (System.nanoTime() - start) / 1e9;
        long requests = Arrays.stream(Operation.Kind.values())
                .filter(Operation.Kind::isRequest)
                .count();
        return "simulated %d seeds in %.1f s, %.0f a second, %.0f steps a seed; faults %s; %d of %d pairs of operations at the same time"
                .formatted(
                        seeds,
                        seconds,
                        seeds / seconds,
                        (double) steps / seeds,
                        faults,
                        pairs.size(),
                        requests * requests);
    }
}
