package dev.sea.integrations.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.SeaConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Metrics that nobody reads. */
public final class SimulatedMetrics {
    private SimulatedMetrics() {}

    public static Metrics unread(ObjectMapper json, SeaConfig config, InstantSource time) {
        return new Metrics(
                json, config, time, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
}
