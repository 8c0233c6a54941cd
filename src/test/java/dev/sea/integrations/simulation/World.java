package dev.sea.integrations.simulation;

import dev.sea.integrations.Pauses;
import dev.sea.integrations.simulation.Fault.Kind;
import dev.sea.integrations.simulation.Ledger.Attempt;
import dev.sea.integrations.simulation.Scheduler.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** All of one run: AWS as models, the processes of the service, time, and what goes wrong. */
final class World implements AwsCalls.Steps {
    /** Longer than a lease. */
    static final Duration STALL = Duration.ofMinutes(3);

    private static final int LONGEST_CALL_MS = 30;

    final SimulatedClock clock = new SimulatedClock();
    final AwsModels aws = new AwsModels(clock);
    final Ledger ledger = new Ledger();
    final Scheduler scheduler;
    final Map<Kind, Integer> injected = new HashMap<>();

    private final SplittableRandom random;
    /** Whether indexes stay behind for long, as they may. */
    private final boolean slowIndexes;

    private final Invariants invariants;
    private final Service.Clients clients = new Service.Clients(
            AwsCalls.client(DynamoDbClient.class, aws.dynamo, this),
            AwsCalls.client(SecretsManagerClient.class, aws.secrets, this),
            AwsCalls.client(EventBridgeClient.class, aws.events, this),
            AwsCalls.client(StsClient.class, aws.sts, this),
            AwsCalls.client(S3Client.class, aws.s3, this),
            AwsCalls.client(KmsClient.class, aws.kms, this));
    private final List<@Nullable Wiring> processes = new ArrayList<>();
    private final Map<Group, Attempt> attempts = new LinkedHashMap<>();
    private final Map<Group, Long> startedAt = new HashMap<>();
    private final Map<Integer, Map<Integer, Kind>> faults = new HashMap<>();
    private final Map<Integer, Integer> calls = new HashMap<>();
    private final List<Late> onTheirWay = new ArrayList<>();
    /** Whose late call AWS gets at this moment. */
    private Optional<Attempt> late = Optional.empty();

    private final boolean traced;
    private final List<String> trace = new ArrayList<>();
    private Optional<String> violation = Optional.empty();

    /** A call that AWS gets later. */
    private record Late(Optional<Attempt> attempt, int step, Runnable call) {}

    World(Plan plan, boolean traced) {
        this.traced = traced;
        SplittableRandom seeded = new SplittableRandom(plan.seed() ^ 0x5EA);
        scheduler = new Scheduler(seeded.split(), plan.stickiness());
        random = seeded.split();
        slowIndexes = random.nextInt(4) == 0;
        SplittableRandom ofBus = seeded.split();
        aws.events.refuse(_ -> ofBus.nextInt(6) == 0);
        invariants = new Invariants(this);
        plan.faults()
                .forEach(fault -> faults.computeIfAbsent(fault.operation(), _ -> new HashMap<>())
                        .put(fault.call(), fault.kind()));
        for (int i = 0; i < plan.processes(); i++) {
            processes.add(null);
        }
    }

    /** A process by its number, started anew if it has died. */
    private Wiring process(int number) {
        Wiring running = processes.get(number);
        if (running == null) {
            running = Service.process(clients, clock, random.split(), new InstantPauses());
            processes.set(number, running);
        }
        return running;
    }

    private final class InstantPauses extends Pauses {
        @Override
        public void pause(Duration time) {
            scheduler.letOthersGoOn();
            advance(time);
        }
    }

    /** Starts a request in one of the processes. */
    Attempt start(Operation operation, Requests.Known known) {
        int process = random.nextInt(processes.size());
        Attempt attempt = new Attempt(
                operation, scheduler.steps(), process, known.integration().map(Object::toString));
        ledger.add(attempt);
        note(() -> "%s %s begins in process %d".formatted(clock.instant(), operation, process));
        Requests requests = new Requests(process(process), operation, known, ledger);
        Group group = scheduler.start("#" + operation.number(), () -> answer(attempt, requests));
        attempts.put(group, attempt);
        startedAt.put(group, clock.instant().toEpochMilli());
        return attempt;
    }

    private void answer(Attempt attempt, Requests requests) {
        Verdicts.give(attempt, scheduler, requests::answer);
        note(() -> "%s %s is answered: %s".formatted(clock.instant(), attempt.operation, attempt.verdict));
        fail(Verdicts.refuted(attempt));
        fail(invariants.afterAnswer(attempt));
    }

    /** Notes a step, if anybody wants to read it. */
    void note(Supplier<String> step) {
        if (traced) {
            trace.add(step.get());
        }
    }

    List<String> trace() {
        return trace;
    }

    /** The last integration of which the operation's client has heard, there or not. */
    Optional<String> lastId(Operation operation) {
        return ledger.attempts().stream()
                .filter(attempt -> attempt.operation.tenant().equals(operation.tenant()))
                .flatMap(attempt -> attempt.integration.stream())
                .reduce((_, last) -> last);
    }

    void fail(Optional<String> broken) {
        if (violation.isEmpty()) {
            violation = broken;
        }
    }

    Optional<String> violation() {
        return violation;
    }

    /** Whose step this is. */
    Optional<Attempt> running() {
        return late.isPresent() ? late : Optional.ofNullable(attempts.get(scheduler.current()));
    }

    @Override
    public Optional<Kind> before(String call, SdkRequest request) {
        scheduler.letOthersGoOn();
        advance(Duration.ofMillis(1 + random.nextInt(LONGEST_CALL_MS)));
        aws.spread(slowIndexes && random.nextInt(8) > 0 ? 0 : random.nextInt(3));
        landLate(scheduler.steps());
        Attempt attempt = running().orElseThrow();
        if (request instanceof AssumeRoleRequest assumption) {
            fail(invariants.transitions().assumed(attempt, assumption));
        }
        int operation = attempt.operation.number();
        int number = calls.merge(operation, 1, Integer::sum) - 1;
        Optional<Kind> fault =
                Optional.ofNullable(faults.getOrDefault(operation, Map.of()).get(number));
        fault.ifPresent(kind -> {
            injected.merge(kind, 1, Integer::sum);
            note(() -> "%s %s call %d %s: %s".formatted(clock.instant(), attempt.operation, number, call, kind));
        });
        if (fault.equals(Optional.of(Kind.STALL))) {
            advance(STALL);
            scheduler.letOthersGoOn();
        }
        return fault;
    }

    @Override
    public void done(String call, SdkRequest request, String answer) {
        note(() -> "%s %s %s %s: %s"
                .formatted(
                        clock.instant(),
                        running().map(it -> it.operation.toString()).orElse("nobody"),
                        call,
                        Calls.subject(request),
                        answer));
        if (Calls.isWrite(request)) {
            fail(invariants.afterWrite());
        }
    }

    @Override
    public void crash() {
        Attempt attempt = running().orElseThrow();
        crash(attempt.process);
        scheduler.letOthersGoOn();
    }

    private void crash(int process) {
        note(() -> "%s process %d dies".formatted(clock.instant(), process));
        processes.set(process, null);
        attempts.forEach((group, attempt) -> {
            if (attempt.process == process && !group.isOver()) {
                group.kill();
                attempt.end(scheduler.steps(), Ledger.Verdict.UNKNOWN, "died");
            }
        });
    }

    @Override
    public void later(Runnable call) {
        onTheirWay.add(new Late(running(), scheduler.steps() + 1 + random.nextInt(40), call));
    }

    private void landLate(int step) {
        for (Late one : List.copyOf(onTheirWay)) {
            if (one.step() <= step && onTheirWay.remove(one)) {
                late = one.attempt();
                one.call().run();
                late = Optional.empty();
            }
        }
    }

    /** What is on its way arrives. */
    void landAll() {
        landLate(Integer.MAX_VALUE);
    }

    /** Time passes. Requests that have run too long end with their processes, as Lambda ends them. */
    void advance(Duration by) {
        clock.advance(by);
        if (by.compareTo(Duration.ofSeconds(1)) < 0) {
            return;
        }
        landAll();
        long now = clock.instant().toEpochMilli();
        attempts.forEach((group, attempt) -> {
            Duration most = attempt.is(Operation.Kind.SWEEP) ? Service.LONGEST_SWEEP : Service.LONGEST_REQUEST;
            if (!group.isOver() && now - startedAt.getOrDefault(group, now) > most.toMillis()) {
                crash(attempt.process);
            }
        });
    }

    /** Nothing goes wrong any more. */
    void calm() {
        faults.clear();
        aws.events.refuse(_ -> false);
        landAll();
    }

    Invariants invariants() {
        return invariants;
    }
}
