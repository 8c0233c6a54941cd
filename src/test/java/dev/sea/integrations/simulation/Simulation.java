package dev.sea.integrations.simulation;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.simulation.Fault.Kind;
import dev.sea.integrations.simulation.Ledger.Attempt;
import dev.sea.integrations.simulation.Ledger.Verdict;
import dev.sea.integrations.simulation.Stored.Item;
import dev.sea.integrations.table.TypedItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays a plan to its end: until all clients are done, all faults are over and nothing is due any more. */
final class Simulation {
    private static final int REPETITIONS = 2;
    /** The service knows a key for 24 hours. Nobody may rely on more than a little less. */
    private static final Duration KEY_KNOWN = Duration.ofHours(23);

    private static final int FIRST_RESERVATION = 64;
    /** How often a sweep of those at the end outlives its leases at most, and after how many steps. */
    private static final int SLOW_SWEEPS = 2;

    private static final int SLOW_ONE_IN = 30;
    /** Until leases end, until the clean-up of secrets, and until nobody looks for grants any more. */
    private static final List<Duration> AFTERWARDS = List.of(
            Duration.ofMinutes(16),
            Duration.ofMinutes(31),
            Duration.ofHours(2),
            Duration.ofHours(25),
            Duration.ofDays(8));

    private final World world;
    private final SplittableRandom random;
    private final List<Client> clients = new ArrayList<>();

    /** A client, which does one thing after the other. */
    private static final class Client {
        final Queue<Operation> next;

        @Nullable
        Attempt running;

        int repetitions;
        /** When the key of what it repeats is forgotten. */
        Instant keyEnds = Instant.MAX;

        Client(List<Operation> script) {
            next = new ArrayDeque<>(script);
        }

        boolean isFree() {
            return running == null || running.verdict != Verdict.RUNNING;
        }
    }

    /**
     * What came of a run.
     *
     * @param violation what did not hold; empty when all held
     * @param pairs kinds of operations that ran at the same time
     */
    record Result(
            Plan plan,
            Optional<String> violation,
            List<String> trace,
            int steps,
            Map<Kind, Integer> faults,
            Set<String> pairs) {}

    private Simulation(Plan plan, boolean traced) {
        world = new World(plan, traced);
        random = new SplittableRandom(plan.seed() ^ 0xC11E);
        plan.scripts().forEach(script -> clients.add(new Client(script)));
    }

    /** Plays a plan. */
    static Result of(Plan plan) {
        return of(plan, false);
    }

    /** @param traced whether to note each step */
    static Result of(Plan plan, boolean traced) {
        Simulation simulation = new Simulation(plan, traced);
        World world = simulation.world;
        try {
            simulation.play();
            if (world.violation().isEmpty()) {
                simulation.settle();
            }
            return new Result(
                    plan,
                    world.violation(),
                    world.trace(),
                    world.scheduler.steps(),
                    world.injected,
                    simulation.pairs());
        } finally {
            world.scheduler.bury();
        }
    }

    private void play() {
        while (world.violation().isEmpty()) {
            List<Client> free = clients.stream()
                    .filter(client -> client.isFree() && (!client.next.isEmpty() || isRepeated(client)))
                    .toList();
            boolean ready = world.scheduler.isReady();
            if (!free.isEmpty() && (!ready || random.nextInt(4) == 0)) {
                next(free.get(random.nextInt(free.size())));
            } else if (ready) {
                world.scheduler.step();
            } else {
                clients.stream()
                        .filter(client -> !client.isFree())
                        .findFirst()
                        .ifPresent(client -> world.fail(
                                Optional.of("waits for ever: " + client.running + "\n" + world.scheduler.waiting())));
                return;
            }
        }
    }

    /** A client that does not know what became of a creation repeats it, with the same key. */
    private boolean isRepeated(Client client) {
        return client.running != null
                && world.clock.instant().isBefore(client.keyEnds)
                && client.running.verdict == Verdict.UNKNOWN
                && (client.running.is(Operation.Kind.CREATE) || client.running.is(Operation.Kind.CREATE_UNPROVED))
                && Requests.isKeyed(client.running.operation)
                && client.repetitions < REPETITIONS;
    }

    private void next(Client client) {
        Operation operation;
        if (client.running != null && isRepeated(client)) {
            client.repetitions++;
            operation = client.running.operation;
            if (random.nextBoolean()) {
                world.advance(Duration.ofSeconds(61));
            }
        } else {
            client.repetitions = 0;
            client.keyEnds = world.clock.instant().plus(KEY_KNOWN);
            operation = client.next.remove();
        }
        client.running = operation.kind().isRequest() ? request(operation) : happens(operation);
    }

    private @Nullable Attempt request(Operation operation) {
        Optional<Requests.Known> known = known(operation);
        return known.map(it -> world.start(operation, it)).orElse(null);
    }

    /** What the client has read; empty when there is nothing that the operation could be about. */
    private Optional<Requests.Known> known(Operation operation) {
        Stored stored = world.invariants().stored();
        List<Item> own = stored.integrations()
                .filter(item -> item.tenant().equals(operation.tenant()))
                .toList();
        Optional<Item> named = own.stream()
                .filter(item -> item.textOf("name").equals(operation.name()))
                .findFirst()
                .or(() -> own.stream().findFirst());
        Optional<IntegrationId> id =
                named.map(Item::id).or(() -> world.lastId(operation)).map(IntegrationId::new);
        Optional<IntegrationId> other = own.stream()
                .map(Item::id)
                .filter(it -> id.filter(one -> one.value().equals(it)).isEmpty())
                .map(IntegrationId::new)
                .findFirst();
        Optional<IntegrationId> foreign = stored.integrations()
                .filter(item -> !item.tenant().equals(operation.tenant()))
                .map(item -> new IntegrationId(item.id()))
                .findFirst();
        boolean possible = switch (operation.kind()) {
            case CREATE, CREATE_UNPROVED, DRAFT, RESERVE, REMOVE_DESTINATION, READINESS -> true;
            case TELL_STORED, TELL_FAILED ->
                world.ledger.grant(operation.tenant(), operation.choice()).isPresent();
            case TRESPASS -> foreign.isPresent();
            case SWEEP -> !due().isEmpty();
            default -> id.isPresent();
        };
        if (!possible) {
            return Optional.empty();
        }
        List<Integer> due = operation.kind() == Operation.Kind.SWEEP ? List.copyOf(due()) : List.of(0);
        return Optional.of(new Requests.Known(
                id,
                named.map(item -> item.number("version")).orElse(0L),
                other,
                foreign,
                due.get(operation.choice() % due.size())));
    }

    /** The partitions in which a sweep would find something, perhaps only later. */
    private Set<Integer> due() {
        long now = world.clock.instant().toEpochMilli();
        Stored stored = Stored.of(world.aws.dynamo);
        Set<Integer> partitions = new TreeSet<>();
        Stream.of("OUTBOX#", "ORPHAN#")
                .flatMap(stored::of)
                .forEach(item -> partitions.add(Integer.parseInt(item.pk().substring("OUTBOX#".length()))));
        Stream<TypedItem> inTable = Stream.concat(stored.of("TENANT#"), stored.of("EXTID#"))
                .map(Item::typed)
                .filter(item -> item.has("duePartition"));
        // The index may still have what is no longer due.
        Stream<TypedItem> inIndex = world.aws.dynamo.due().stream().map(TypedItem::new);
        Stream.concat(inTable, inIndex)
                .filter(item -> item.number("dueAt") <= now)
                .forEach(item -> partitions.add((int) item.number("duePartition") % FIRST_RESERVATION));
        return partitions;
    }

    /** What happens outside of the service happens at once. */
    private @Nullable Attempt happens(Operation operation) {
        world.note(() -> operation + " happens");
        switch (operation.kind()) {
            case STORE ->
                world.ledger
                        .grant(operation.tenant(), operation.choice())
                        .ifPresent(grant -> world.aws.store(grant, operation.choice(), world.clock.instant()));
            case BREAK -> world.aws.breaks(operation.choice());
            case MEND -> world.aws.mendAll();
            case PASS_MINUTES -> world.advance(Duration.ofMinutes(1 + operation.choice() % 5));
            case PASS_AN_HOUR -> world.advance(Duration.ofMinutes(50 + operation.choice() % 30));
            case PASS_A_DAY -> world.advance(Duration.ofHours(25));
            case EXPIRE -> world.aws.expire();
            default -> throw new IllegalStateException(operation + " is a request");
        }
        world.fail(world.invariants().afterWrite());
        return null;
    }

    /** Nothing fails any more, the customers' accounts work, and sweeps come until nothing is left to do. Some are slow. */
    private void settle() {
        world.calm();
        world.aws.mendAll();
        int number = 1_000_000;
        for (Duration wait : AFTERWARDS) {
            world.advance(wait);
            world.aws.spreadAll();
            for (int partition : due()) {
                // Ticks overlap.
                for (int tick = 0; tick < 2; tick++) {
                    world.start(
                            new Operation(number++, Operation.Kind.SWEEP, "acme", "alpha", partition),
                            new Requests.Known(Optional.empty(), 0, Optional.empty(), Optional.empty(), partition));
                }
            }
            int slow = SLOW_SWEEPS;
            while (world.violation().isEmpty() && world.scheduler.isReady()) {
                world.scheduler.step();
                if (slow > 0 && random.nextInt(SLOW_ONE_IN) == 0) {
                    slow--;
                    world.advance(World.STALL);
                }
            }
            if (world.violation().isPresent()) {
                return;
            }
        }
        world.aws.expire();
        world.fail(world.invariants().atTheEnd());
    }

    private Set<String> pairs() {
        Set<String> pairs = new TreeSet<>();
        List<Attempt> attempts = world.ledger.attempts();
        for (Attempt one : attempts) {
            for (Attempt other : attempts) {
                if (one.started < other.started && other.started < one.ended) {
                    pairs.add(one.operation.kind() + " and " + other.operation.kind());
                }
            }
        }
        return pairs;
    }
}
