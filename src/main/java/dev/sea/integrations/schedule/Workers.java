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

/** Virtual threads, so many at a time. Whoever hands over work waits for a free one, so that no queue grows. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int count;
    private final Semaphore free;

    Workers(int count) {
        this.count = count;
        this.free = new Semaphore(count);
    }

    /** False, and nothing done, when none got free in time. */
    boolean hasTaken(Runnable work, Deadline until) {
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

    /** The answers to all questions that were answered in time; the thread of one that throws ends without. */
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
            asked += hasTaken(work, until) ? 1 : 0;
        }
        acquired(done, asked, until);
        return List.copyOf(answers);
    }

    /** Waits until all is done, or the time over. */
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

    /** Whoever is still at work is told to stop, and waited for no longer. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
