package dev.sea.integrations.schedule;

import dev.sea.integrations.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs work on a limited number of virtual threads. A caller waits until one is free, so that no queue grows. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int count;
    private final Semaphore free;

    Workers(int count) {
        this.count = count;
        this.free = new Semaphore(count);
    }

    /** Starts work on a free thread. False, and nothing started, when none became free in time. */
    boolean submit(Runnable work, Deadline until) {
        if (!acquired(free, 1, until)) {
            return false;
        }
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                free.release();
            }
        });
        return true;
    }

    /** The answers that came in time. A question that throws has no answer. */
    <Q, A> List<A> answers(List<Q> questions, Function<Q, Optional<A>> answer, Deadline until) {
        Queue<A> answers = new ConcurrentLinkedQueue<>();
        Semaphore done = new Semaphore(0);
        int asked = 0;
        for (Q question : questions) {
            Runnable work = () -> {
                try {
                    answer.apply(question).ifPresent(answers::add);
                } finally {
                    done.release();
                }
            };
            asked += submit(work, until) ? 1 : 0;
        }
        acquired(done, asked, until);
        return List.copyOf(answers);
    }

    /** Waits until all work is done, or the time is over. */
    void finish(Deadline until) {
        if (acquired(free, count, until)) {
            free.release(count);
        }
    }

    private static boolean acquired(Semaphore semaphore, int permits, Deadline until) {
        try {
            return semaphore.tryAcquire(permits, until.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts what still runs, and does not wait for it. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
