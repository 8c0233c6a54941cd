package dev.sea.integrations.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs virtual threads one at a time on the thread of the test. A thread runs until it waits for another one or yields, which
 * it does before each call to AWS; then the seed chooses who goes on. So a run is the same each time, to the letter.
 *
 * <p>All threads of one request or sweep are a {@link Group}. What a crash ends never goes on: not even its {@code finally}
 * blocks run before {@link #bury}.
 */
final class Scheduler {
    private final Thread owner = Thread.currentThread();
    private final RandomGenerator choices;
    private final double stickiness;
    private final List<Group> groups = new ArrayList<>();
    private final List<Runnable> graveyard = new ArrayList<>();
    private final Queue<Runnable> outside = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread running;
    private @Nullable Runnable atWork;
    /** Whether the one that runs has yielded, so that it is ready again; not one that it woke. */
    private boolean goesOn;

    private @Nullable Group current;
    private boolean over;
    private int steps;

    /** @param stickiness how likely it is that the same request goes on, 0 to 1: some races need long runs of one side */
    Scheduler(RandomGenerator choices, double stickiness) {
        this.choices = choices;
        this.stickiness = stickiness;
    }

    /** The threads of one request or sweep. */
    final class Group implements Executor {
        final String name;
        /** Numbers threads in the order of their starts. What is ready is kept in this order: who woke it must not matter. */
        private final IdentityHashMap<Runnable, Integer> threads = new IdentityHashMap<>();

        private final TreeMap<Integer, Runnable> ready = new TreeMap<>();
        private boolean dead;
        private boolean finished;

        private Group(String name) {
            this.name = name;
        }

        @Override
        public void execute(Runnable continuation) {
            Thread caller = Thread.currentThread();
            if (caller != owner && caller != running) {
                // From outside of the run: the end of a wait for a lock, or the JDK's timer long after the end of the
                // run.
                outside.add(continuation);
                return;
            }
            if (isAtWork(continuation)) {
                goesOn = true;
            }
            if (dead || over) {
                graveyard.add(continuation);
            } else {
                ready.put(threads.computeIfAbsent(continuation, _ -> threads.size()), continuation);
            }
        }

        boolean isOver() {
            return dead || finished;
        }

        /** It crashes: nothing of it goes on. */
        void kill() {
            dead = true;
            graveyard.addAll(ready.values());
            ready.clear();
        }
    }

    @SuppressWarnings("ReferenceEquality") // A thread has one for all its life.
    private boolean isAtWork(Runnable continuation) {
        return continuation == atWork;
    }

    /** Starts a request or sweep. */
    Group start(String name, Runnable work) {
        Group group = new Group(name);
        groups.add(group);
        VirtualThreads.start(group, name, () -> {
            try {
                work.run();
            } catch (Over ended) {
                // The run is over.
            } finally {
                group.finished = true;
            }
        });
        return group;
    }

    /** Thrown by the calls of threads that are only ended, so that they unwind. */
    static final class Over extends Error {
        Over() {
            super("the simulation is over", null, false, false);
        }
    }

    /** The group that runs now. */
    Group current() {
        if (current == null) {
            throw new IllegalStateException("nothing runs");
        }
        return current;
    }

    /** Lets the others go on, perhaps. Ends the thread if the run is over. */
    @SuppressWarnings("ThreadPriorityCheck") // It is this scheduler that gets the thread.
    void letOthersGoOn() {
        if (!over) {
            Thread.yield();
        }
        if (over) {
            throw new Over();
        }
    }

    /** Whether anything can go on. */
    boolean isReady() {
        groups.removeIf(group -> group.ready.isEmpty() && group.isOver());
        return groups.stream().anyMatch(group -> !group.ready.isEmpty());
    }

    /** Lets one thread go on until it waits or yields. */
    void step() {
        List<Group> able =
                groups.stream().filter(group -> !group.ready.isEmpty()).toList();
        Group last = current;
        Group chosen = last != null && able.contains(last) && choices.nextDouble() < stickiness
                ? last
                : able.get(choices.nextInt(able.size()));
        current = chosen;
        int place = choices.nextInt(4) > 0 ? 0 : choices.nextInt(chosen.ready.size());
        List<Runnable> ready = List.copyOf(chosen.ready.values());
        chosen.ready.values().remove(ready.get(place));
        steps++;
        run(ready.get(place));
    }

    /**
     * Runs of different seeds share what the JVM has only once, such as the locks of class loaders. Who waits for one goes on
     * within the same step, or no run would be the same again.
     */
    private void run(Runnable continuation) {
        Thread thread = VirtualThreads.of(continuation);
        running = thread;
        atWork = continuation;
        goesOn = false;
        continuation.run();
        while (isHeldUp(thread) || outside.contains(continuation)) {
            if (outside.remove(continuation)) {
                continuation.run();
            } else {
                Thread.onSpinWait();
            }
        }
        running = null;
        atWork = null;
    }

    /** Whether it waits for a lock, which the service's own code never does across a call, or does so no longer. */
    private boolean isHeldUp(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED -> true;
            case RUNNABLE -> !goesOn;
            case WAITING, TIMED_WAITING -> isLock(LockSupport.getBlocker(thread));
            case NEW, TERMINATED -> false;
        };
    }

    private static boolean isLock(@Nullable Object blocker) {
        Class<?> of = blocker == null ? null : blocker.getClass().getEnclosingClass();
        return blocker instanceof StampedLock || of == ReentrantLock.class || of == ReentrantReadWriteLock.class;
    }

    /** Where the threads are that wait. */
    String waiting() {
        return groups.stream()
                .filter(group -> !group.isOver())
                .flatMap(group -> group.threads.keySet().stream().map(VirtualThreads::of))
                .filter(Thread::isAlive)
                .map(thread -> "%s %s on %s%n    %s"
                        .formatted(
                                thread.getName(),
                                thread.getState(),
                                LockSupport.getBlocker(thread),
                                Arrays.stream(thread.getStackTrace())
                                        .map(StackTraceElement::toString)
                                        .collect(Collectors.joining("\n    "))))
                .collect(Collectors.joining("\n"));
    }

    int steps() {
        return steps;
    }

    boolean isOver() {
        return over;
    }

    /** Ends all threads that are left, lest they stay in memory. */
    void bury() {
        over = true;
        groups.forEach(Group::kill);
        while (!graveyard.isEmpty()) {
            run(graveyard.removeLast());
        }
    }
}
