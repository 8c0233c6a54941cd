package dev.sea.integrations.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What a thread's calls to customers' accounts share: how long all of them may still take together, and the last error that AWS
 * answered to a call that is being tried again. A call that is cut off before its next answer reports that error.
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

    /** Those of the current thread; without a time limit if none were set. */
    public static Attempts current() {
        return OF_THREAD.isBound() ? OF_THREAD.get() : new Attempts(() -> Duration.ofSeconds(Long.MAX_VALUE));
    }

    /** Makes calls for which these are the current ones. The SDK makes them on the same thread. */
    public <T> T during(Supplier<T> calls) {
        return ScopedValue.where(OF_THREAD, this).call(calls::get);
    }

    /** The last error that AWS answered to the current call, if the call is being tried again. Any thread may ask. */
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
