package dev.sea.integrations.probe;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.client.Attempts;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs the calls of one validation in parallel, on virtual threads. Closing stops those that still run and waits for none. */
public final class ParallelCalls implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deadline deadline;

    public ParallelCalls(Deadline deadline) {
        this.deadline = deadline;
    }

    public Deadline deadline() {
        return deadline;
    }

    /** Starts a call whose answer is waited for until the deadline. */
    public <T> Pending<T> ask(Supplier<Answer<T>> question) {
        Attempts attempts = new Attempts(deadline::left);
        return new Pending<>(threads.submit(() -> attempts.during(question)), deadline, attempts);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
