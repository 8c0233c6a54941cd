package dev.sea.integrations.probe;

import dev.sea.integrations.Deadline;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Virtual threads that ask AWS for one validation. Closed, it waits for none of them: they are told to stop. */
public final class Crew implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deadline deadline;

    public Crew(Deadline deadline) {
        this.deadline = deadline;
    }

    public Deadline deadline() {
        return deadline;
    }

    public <T> Pending<T> ask(Supplier<Answer<T>> question) {
        return new Pending<>(threads.submit(question::get), deadline);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
