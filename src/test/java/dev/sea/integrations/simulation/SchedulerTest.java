package dev.sea.integrations.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs of other seeds do at the same time changes no run. */
class SchedulerTest {
    private final Scheduler scheduler = new Scheduler(new Random(1), 0.5);
    private final Thread test = Thread.currentThread();
    private final CountDownLatch taken = new CountDownLatch(1);
    private final AtomicReference<Thread> waiting = new AtomicReference<>();
    private final AtomicBoolean hadIt = new AtomicBoolean();
    private final AtomicBoolean stepped = new AtomicBoolean();

    static Stream<Arguments> locks() {
        ReentrantLock simple = new ReentrantLock();
        ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        StampedLock stamped = new StampedLock();
        return Stream.of(
                Arguments.of(Named.of("simple", simple), simple),
                Arguments.of(Named.of("write", both.writeLock()), both.writeLock()),
                Arguments.of(Named.of("read", both.readLock()), both.writeLock()),
                Arguments.of(Named.of("stamped", stamped.asWriteLock()), stamped.asWriteLock()));
    }

    @ParameterizedTest
    @MethodSource("locks")
    void whoWaitsForALockThatAnotherRunHasGoesOnWithinTheStep(Lock wanted, Lock held) throws InterruptedException {
        Thread other = Thread.ofPlatform().start(() -> hold(held));
        taken.await();
        scheduler.start("waits", () -> {
            waiting.set(Thread.currentThread());
            wanted.lock();
            try {
                hadIt.set(true);
            } finally {
                wanted.unlock();
            }
        });

        scheduler.step();

        stepped.set(true);
        assertThat(hadIt).isTrue();
        other.join();
    }

    /** Until the scheduler has seen the thread wait, whatever it makes of that. */
    private void hold(Lock lock) {
        lock.lock();
        try {
            taken.countDown();
            while (!stepped.get() && !isSeenWaiting()) {
                Thread.onSpinWait();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isSeenWaiting() {
        Thread thread = waiting.get();
        return thread != null
                && thread.getState() == Thread.State.WAITING
                && Arrays.stream(test.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("isHeldUp"));
    }
}
