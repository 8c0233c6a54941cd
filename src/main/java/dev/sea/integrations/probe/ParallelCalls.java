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

    /** Makes a second try; where none is asked for, the first one's answer stays. */
    <T> Pending<T> again(boolean asked, Pending<T> before, Supplier<Answer<T>> question) {
        return asked ? ask(question).after(before) : before;
    }

    /**
     * The same once an object is there.
     *
     * @param putToo whether that is put again: the question is then asked again, too, if only the second put has written it
     */
    <T> Pending<T> after(
            Pending<?> object, boolean asked, boolean putToo, Pending<T> before, Supplier<Answer<T>> question) {
        return again(asked || putToo, before, () -> {
            boolean isThere = object.await().isGiven();
            return asked || isThere ? question.get() : before.await();
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
