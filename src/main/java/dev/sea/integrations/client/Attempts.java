package dev.sea.integrations.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What a thread's calls to customers' accounts have to know beside their own time limit, and leave behind: how long all of
 * them may take together, and what AWS answered to the last attempt when a call is cut before the next one is answered.
 */
public final class Attempts {
    private static final ScopedValue<Attempts> OF_THREAD = ScopedValue.newInstance();

    private final Supplier<Duration> left;
    private volatile @Nullable SdkServiceException lastAnswer;

    /**
     * For the calls of one thread.
     *
     * @param left how long the calls may still take; asked before each pause
     */
    public Attempts(Supplier<Duration> left) {
        this.left = left;
    }

    /** Those of the thread; without a limit where nobody set one. */
    public static Attempts current() {
        return OF_THREAD.isBound() ? OF_THREAD.get() : new Attempts(() -> Duration.ofSeconds(Long.MAX_VALUE));
    }

    /** Makes calls, which the SDK does on the same thread. */
    public <T> T during(Supplier<T> calls) {
        return ScopedValue.where(OF_THREAD, this).call(calls::get);
    }

    /** What AWS last answered to the call under way, where that was to be tried again. Any thread may ask. */
    public Optional<SdkServiceException> lastAnswer() {
        return Optional.ofNullable(lastAnswer);
    }

    Duration left() {
        return left.get();
    }

    void answered(SdkServiceException answer) {
        lastAnswer = answer;
    }

    void forget() {
        lastAnswer = null;
    }
}
