package dev.sea.integrations.testing;

import java.util.function.BooleanSupplier;

/** A call that the local AWS holds back until something else has happened, or until its fault ends. */
public final class Held implements AutoCloseable {
    /** Far longer than calls that are made at once need, even on a busy machine; shorter than a call may take. */
    public static final double SECONDS_AT_MOST = 1.9;

    private static final long PAUSE_MS = 20;

    private final LocalAws.Fault fault;
    private final Thread watch;

    private Held(LocalAws.Fault fault, BooleanSupplier hasHappened) {
        this.fault = fault;
        watch = Thread.startVirtualThread(() -> watch(hasHappened));
    }

    /**
     * Until then, or until this is closed.
     *
     * @param fault that delays the call
     */
    public static Held until(LocalAws.Fault fault, BooleanSupplier hasHappened) {
        return new Held(fault, hasHappened);
    }

    private void watch(BooleanSupplier hasHappened) {
        try {
            while (!hasHappened.getAsBoolean()) {
                Thread.sleep(PAUSE_MS);
            }
            fault.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watch.interrupt();
        fault.close();
    }
}
