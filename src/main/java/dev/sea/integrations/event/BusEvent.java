package dev.sea.integrations.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * The detail of an event for the bus: a record that is written as JSON. {@code docs/events} has its schema. Members are only
 * ever added.
 */
@RegisterForReflection
public interface BusEvent {
    /** EventBridge's {@code detail-type}. */
    String detailType();

    /** The integration that it is about. */
    String integration();

    /**
     * Tells it from the integration's other events, of this and every other detail type. One that is stored again with the
     * same ID is the same event.
     */
    String eventId();

    /** When it happened. */
    Instant at();

    /** A line for the log. */
    String logLine();

    /** Counts it, once it is stored. */
    void count(Metrics metrics);
}
