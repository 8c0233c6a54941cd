package dev.sea.integrations.probe;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.Attempts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * An answer that is still to come. If it has not come at the deadline, it is the last error after which the SDK was to try
 * again, or a timeout if there was none. If a second try learns nothing, the first one's answer stands.
 *
 * <p>An answer may have an early one in its place, which was asked for before all was known that it depends on.
 */
public final class Pending<T> {
    private final Future<Answer<T>> answer;
    private final Deadline deadline;
    private final Attempts attempts;
    private final Optional<Pending<T>> before;
    private final Optional<Early<T>> early;
    private final long asked = System.nanoTime();

    private record Early<T>(Pending<T> answer, BooleanSupplier stands) {}

    private Pending(
            Future<Answer<T>> answer,
            Deadline deadline,
            Attempts attempts,
            Optional<Pending<T>> before,
            Optional<Early<T>> early) {
        this.answer = answer;
        this.deadline = deadline;
        this.attempts = attempts;
        this.before = before;
        this.early = early;
    }

    /** @param attempts of the calls that the answer comes from */
    Pending(Future<Answer<T>> answer, Deadline deadline, Attempts attempts) {
        this(answer, deadline, attempts, Optional.empty(), Optional.empty());
    }

    /** Makes this the second try, after a first one. */
    Pending<T> after(Pending<T> first) {
        return new Pending<>(answer, deadline, attempts, Optional.of(first), early);
    }

    /**
     * Gives way to an early answer wherever that stands, even if this one has not come at the deadline.
     *
     * @param stands waits for what it depends on, until the deadline
     */
    Pending<T> unless(Pending<T> earlyAnswer, BooleanSupplier stands) {
        return new Pending<>(answer, deadline, attempts, before, Optional.of(new Early<>(earlyAnswer, stands)));
    }

    static <T> Pending<T> unasked() {
        return of(new Answer.Unasked<>());
    }

    /** An answer that is there already. */
    static <T> Pending<T> of(Answer<T> answer) {
        Deadline over = Deadline.in(Duration.ZERO);
        return new Pending<>(CompletableFuture.completedFuture(answer), over, new Attempts(over::left));
    }

    /** Waits until the answer is there or the deadline has come. */
    public Answer<T> await() {
        Answer<T> last = early.filter(it -> it.stands().getAsBoolean())
                .map(it -> it.answer().await())
                .orElseGet(this::last);
        boolean learned = last.refusal().filter(AwsFailure::isUnlearned).isEmpty();
        return learned
                ? last
                : before.map(Pending::await)
                        .filter(first -> !(first instanceof Answer.Unasked<T>))
                        .orElse(last);
    }

    private Answer<T> last() {
        try {
            return answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return cutOff();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cutOff();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call to AWS broke", e.getCause());
        }
    }

    private Answer<T> cutOff() {
        return new Answer.Refused<>(AwsFailure.cutOff(attempts), Duration.ofNanos(System.nanoTime() - asked));
    }
}
