package dev.sea.integrations.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.SeaConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The application's metrics in tests: the same lines, kept instead of printed. */
@Alternative
@Priority(1)
@Singleton
public class WatchedMetrics extends Metrics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Kept kept;

    @Inject
    WatchedMetrics(ObjectMapper json, SeaConfig config, InstantSource time) {
        this(json, config, time, new Kept());
    }

    private WatchedMetrics(ObjectMapper json, SeaConfig config, InstantSource time, Kept kept) {
        super(json, config, time, kept);
        this.kept = kept;
    }

    public void forget() {
        kept.lines.clear();
    }

    /** The values of a metric since {@link #forget}, in their order. */
    public List<Long> values(String metric) {
        return kept.lines.stream()
                .map(WatchedMetrics::json)
                .filter(line -> line.has(metric))
                .map(line -> line.path(metric).asLong())
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Kept extends PrintStream {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Kept() {
            super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String line) {
            lines.add(line);
        }
    }
}
