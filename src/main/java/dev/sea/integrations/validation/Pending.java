package dev.sea.integrations.validation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An answer that is on its way; at the deadline it is one that nobody got. */
final class Pending<T> {
    private final Future<Answer<T>> answer;
    private final Deadline deadline;
    private final long asked = System.nanoTime();

    Pending(Future<Answer<T>> answer, Deadline deadline) {
        this.answer = answer;
        this.deadline = deadline;
    }

    static <T> Pending<T> unasked() {
        return new Pending<>(CompletableFuture.completedFuture(new Answer.Unasked<>()), Deadline.in(Duration.ZERO));
    }

    Answer<T> await() {
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
