package dev.sea.integrations;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Waits for a time, before another attempt. A bean, like the clock, so that tests can let the time pass at once. */
@ApplicationScoped
public class Pauses {

    /**
     * Waits.
     *
     * @throws InterruptedException when the thread is to stop
     */
    public void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
