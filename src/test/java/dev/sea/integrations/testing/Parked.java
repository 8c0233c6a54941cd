package dev.sea.integrations.testing;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/** Stops one call of the service before it is sent and before the SDK's time limits begin, for as long as a test needs. */
public final class Parked implements AutoCloseable {
    private static final Set<Parked> PARKED = ConcurrentHashMap.newKeySet();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String operation;
    private final String about;
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private Parked(String operation, String about) {
        this.operation = operation;
        this.about = about;
    }

    /**
     * The next such call, until this is closed.
     *
     * @param about a part of the request
     */
    public static Parked next(String operation, String about) {
        Parked parked = new Parked(operation, about);
        PARKED.add(parked);
        return parked;
    }

    /** Waits until the call is there. */
    public void await() {
        wait(arrived, "called");
    }

    @Override
    public void close() {
        PARKED.remove(this);
        released.countDown();
    }

    private void wait(CountDownLatch latch, String what) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(operation + " was not " + what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The {@link Outage.Interceptor} asks this before each call of the service. */
    static void stop(@Nullable String operation, SdkRequest request) {
        for (Parked parked : PARKED) {
            if (parked.operation.equals(operation)
                    && request.toString().contains(parked.about)
                    && parked.isTaken.compareAndSet(false, true)) {
                parked.arrived.countDown();
                parked.wait(parked.released, "released");
            }
        }
    }
}
