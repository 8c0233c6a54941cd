package dev.sea.integrations.probe;

import dev.sea.integrations.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer that is on its way; at the deadline it is one that nobody got. What a second try does not learn, the first
 * still tells.
 */
public final class Pending<T> {
    private final Future<Answer<T>> answer;
    private final Deadline deadline;
    private final Optional<Pending<T>> before;
    private final long asked = System.nanoTime();

    private Pending(Future<Answer<T>> answer, Deadline deadline, Optional<Pending<T>> before) {
        this.answer = answer;
        this.deadline = deadline;
        this.before = before;
    }

    Pending(Future<Answer<T>> answer, Deadline deadline) {
        this(answer, deadline, Optional.empty());
    }

    /** As the second try after another one. */
    Pending<T> after(Pending<T> first) {
        return new Pending<>(answer, deadline, Optional.of(first));
    }

    static <T> Pending<T> unasked() {
        return new Pending<>(CompletableFuture.completedFuture(new Answer.Unasked<>()), Deadline.in(Duration.ZERO));
    }

    public Answer<T> await() {
        Answer<T> last = last();
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
            throw new IllegalStateException("a question to AWS broke", e.getCause());
        }
    }

    private Answer<T> cutOff() {
        return new Answer.Refused<>(AwsFailure.CUT_OFF, Duration.ofNanos(System.nanoTime() - asked));
    }
}
