package dev.sea.integrations.probe;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.client.Attempts;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Virtual threads that ask AWS for one validation. Closed, it waits for none of them: they are told to stop. */
public final class ParallelCalls implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deadline deadline;

    public ParallelCalls(Deadline deadline) {
        this.deadline = deadline;
    }

    public Deadline deadline() {
        return deadline;
    }

    public <T> Pending<T> ask(Supplier<Answer<T>> question) {
        Attempts attempts = new Attempts(deadline::left);
        return new Pending<>(threads.submit(() -> attempts.during(question)), deadline, attempts);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
