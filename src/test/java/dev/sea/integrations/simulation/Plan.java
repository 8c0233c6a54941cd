package dev.sea.integrations.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happens in a run: who does what, and what goes wrong. All else, such as who goes on next, follows from the seed.
 *
 * @param seed of all choices during the run
 * @param scripts what each client does, one after the other
 * @param stickiness how likely a request goes on without the others
 */
record Plan(long seed, List<List<Operation>> scripts, List<Fault> faults, int processes, double stickiness) {
    private static final List<String> TENANTS = List.of("acme", "globex");
    private static final List<String> NAMES = List.of("alpha", "beta", "gamma");
    private static final List<Double> STICKINESS = List.of(0.0, 0.5, 0.9);
    /** What writes in several steps, so that much can go wrong between them. Each plan has some. */
    private static final Set<Operation.Kind> MAKING = EnumSet.of(
            Operation.Kind.CREATE, Operation.Kind.CREATE_UNPROVED, Operation.Kind.NEW_ACCESS, Operation.Kind.DELETE);

    private static final Set<Operation.Kind> USING = EnumSet.of(
            Operation.Kind.CREATE,
            Operation.Kind.SET_DESTINATION,
            Operation.Kind.TELL_STORED,
            Operation.Kind.TELL_FAILED,
            Operation.Kind.SWEEP);

    private static final List<Fault.Kind> OUTAGE =
            List.of(Fault.Kind.THROTTLED, Fault.Kind.SERVER_ERROR, Fault.Kind.NOT_SENT);
    private static final int FIRST_CALLS = 14;
    private static final int ALL_CALLS = 60;

    /** The plan of a seed. */
    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int names = 1 + random.nextInt(NAMES.size());
        boolean second = random.nextInt(3) == 0;
        int length = 3 + random.nextInt(8);
        boolean inUse = random.nextInt(3) == 0;
        List<Operation.Kind> kinds = kinds(inUse, random);
        List<List<Operation>> scripts = new ArrayList<>();
        int number = 0;
        for (int client = 0; client < 2 + random.nextInt(3); client++) {
            List<Operation> script = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                boolean first = client == 0 || (second && client == 1);
                int choice = random.nextInt(1_000);
                script.add(new Operation(
                        number++,
                        first && i < 2 ? opening(i, inUse, kinds, random) : kinds.get(random.nextInt(kinds.size())),
                        TENANTS.get(second ? client % 2 : 0),
                        NAMES.get(random.nextInt(names)),
                        first && i == 0 && inUse ? Customers.working(choice) : choice));
            }
            scripts.add(script);
        }
        List<Fault> faults = faults(scripts.stream().flatMap(List::stream).toList(), inUse ? USING : MAKING, random);
        return new Plan(
                seed, scripts, faults, 1 + random.nextInt(3), STICKINESS.get(random.nextInt(STICKINESS.size())));
    }

    /** @param kinds of which about half of the faults are */
    private static List<Fault> faults(List<Operation> any, Set<Operation.Kind> kinds, SplittableRandom random) {
        List<Operation> writers = any.stream()
                .filter(operation -> kinds.contains(operation.kind()))
                .toList();
        List<Fault> faults = new ArrayList<>();
        Fault.Kind[] all = Fault.Kind.values();
        for (int i = random.nextInt(9); i > 0; i--) {
            int calls = random.nextInt(4) > 0 ? FIRST_CALLS : ALL_CALLS;
            Operation operation = random.nextBoolean()
                    ? any.get(random.nextInt(any.size()))
                    : writers.get(random.nextInt(writers.size()));
            // Only what stalls outlives its lease.
            boolean stalls = operation.kind() == Operation.Kind.SWEEP && random.nextInt(3) == 0;
            Fault fault = new Fault(
                    operation.number(),
                    random.nextInt(1 + random.nextInt(calls)),
                    stalls ? Fault.Kind.STALL : all[random.nextInt(all.length)]);
            faults.add(fault);
            // An outage: what follows fails as well, such as the read that would tell what became of a write.
            for (int more = 1; random.nextInt(3) == 0; more++) {
                faults.add(
                        new Fault(fault.operation(), fault.call() + more, OUTAGE.get(random.nextInt(OUTAGE.size()))));
            }
        }
        return faults;
    }

    /** The first client of each tenant makes something for the others to meet in. */
    private static Operation.Kind opening(
            int place, boolean inUse, List<Operation.Kind> kinds, SplittableRandom random) {
        if (place == 0) {
            return inUse || random.nextBoolean() ? Operation.Kind.CREATE : Operation.Kind.CREATE_UNPROVED;
        }
        return inUse || random.nextInt(3) > 0 ? Operation.Kind.ACTIVATE : kinds.get(random.nextInt(kinds.size()));
    }

    /** Each kind as often as it weighs. Half of the seeds leave some out, so that the others meet more often. */
    private static List<Operation.Kind> kinds(boolean inUse, SplittableRandom random) {
        boolean all = random.nextBoolean();
        List<Operation.Kind> kinds = new ArrayList<>(List.of(Operation.Kind.CREATE_UNPROVED, Operation.Kind.SWEEP));
        for (Operation.Kind kind : Operation.Kind.values()) {
            if (all || random.nextInt(3) > 0) {
                for (int i = 0; i < kind.weight(inUse); i++) {
                    kinds.add(kind);
                }
            }
        }
        return kinds;
    }

    Plan without(Operation operation) {
        return new Plan(
                seed,
                scripts.stream()
                        .map(script -> script.stream()
                                .filter(Predicate.not(operation::equals))
                                .toList())
                        .filter(Predicate.not(List::isEmpty))
                        .toList(),
                faults.stream()
                        .filter(fault -> fault.operation() != operation.number())
                        .toList(),
                processes,
                stickiness);
    }

    Plan without(Fault fault) {
        List<Fault> others = new ArrayList<>(faults);
        others.remove(fault);
        return new Plan(seed, scripts, others, processes, stickiness);
    }

    Plan withSeed(long other) {
        return new Plan(other, scripts, faults, processes, stickiness);
    }

    List<Operation> operations() {
        return scripts.stream().flatMap(List::stream).toList();
    }

    @Override
    public String toString() {
        Stream<String> clients = scripts.stream()
                .map(script ->
                        "client: " + script.stream().map(Operation::toString).collect(Collectors.joining("; ")));
        Stream<String> wrong = faults.stream()
                .map(fault -> "fault: %s at call %d of #%d".formatted(fault.kind(), fault.call(), fault.operation()));
        return Stream.of(Stream.of("seed " + seed), clients, wrong)
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
