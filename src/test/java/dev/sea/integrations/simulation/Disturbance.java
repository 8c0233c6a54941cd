package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import software.amazon.awssdk.core.SdkRequest;

/** What happens around the calls of one request or sweep of {@link SimulatedService}: time passes, and one goes wrong. */
final class Disturbance implements AwsCalls.Steps {
    private static final Duration STALL = Duration.ofMinutes(3);
    private static final Duration CALL = Duration.ofMillis(10);
    private static final int MOST_SPREAD = 3;

    private final SimulatedClock clock;
    private final AwsModels aws;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final List<String> calls = new ArrayList<>();
    private final List<Late> onTheirWay = new ArrayList<>();
    private CrashPoint point = CrashPoint.NONE;
    private Duration longest = Service.LONGEST_SWEEP;
    private boolean crashed;

    /** A call that AWS gets so many calls later. */
    private record Late(int left, Runnable call) {}

    Disturbance(SimulatedClock clock, AwsModels aws, Scheduler scheduler, SplittableRandom random) {
        this.clock = clock;
        this.aws = aws;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** Counts calls anew. */
    void begin(CrashPoint at, Duration most) {
        calls.clear();
        point = at;
        longest = most;
        crashed = false;
    }

    /** All calls since the beginning with what they are about, those that went wrong too. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** Whether the process has died. */
    boolean isCrashed() {
        return crashed;
    }

    @Override
    public Optional<Kind> before(String call, SdkRequest request) {
        scheduler.letOthersGoOn();
        clock.advance(CALL);
        aws.spread(random.nextInt(MOST_SPREAD));
        land();
        calls.add((call + " " + Calls.subject(request)).strip());
        if (calls.size() != point.call()) {
            return Optional.empty();
        }
        if (point.kind() == Kind.STALL) {
            clock.advance(STALL);
            if (STALL.compareTo(longest) > 0) {
                crash();
            }
        }
        return Optional.of(point.kind());
    }

    @Override
    public void done(String call, SdkRequest request, String answer) {
        // What must hold is asked at the end.
    }

    @Override
    public void crash() {
        crashed = true;
        scheduler.current().kill();
        scheduler.letOthersGoOn();
    }

    @Override
    public void later(Runnable call) {
        onTheirWay.add(new Late(point.landing(), call));
    }

    private void land() {
        List<Late> before = List.copyOf(onTheirWay);
        onTheirWay.clear();
        for (Late one : before) {
            if (one.left() == 0) {
                one.call().run();
            } else {
                onTheirWay.add(new Late(one.left() - 1, one.call()));
            }
        }
    }

    /** What is on its way arrives. */
    void landAll() {
        List<Late> before = List.copyOf(onTheirWay);
        onTheirWay.clear();
        before.forEach(one -> one.call().run());
    }
}
