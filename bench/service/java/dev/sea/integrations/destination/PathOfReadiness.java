package dev.sea.integrations.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long readiness takes beside its one call: a measurement, run by {@code bench/run}. */
@QuarkusTest
class PathOfReadiness {
    private static final int WARM_UP = 500;
    private static final int RUNS = 5 * Integer.getInteger("bench.runs", 11);
    private static final List<Integer> LATENCIES_MS = List.of(0, 20, 100);

    @Inject
    Failover failover;

    private final Monitored integration = Monitored.active(Customer.healthy());
    private final Tenant tenant = new Tenant(integration.tenant());

    @Test
    void measure() throws IOException {
        String body = "{\"primary\": \"" + integration.id() + "\"}";
        integration.admin().header("If-None-Match", "*").send("PUT", "/v1/destinations/recordings", body);
        for (int warm = 0; warm < WARM_UP; warm++) {
            failover.readiness(tenant);
        }
        List<String> table = new ArrayList<>(
                List.of("| latency of a call | calls | readiness, ms | ms beside BatchGetItem |", "|---|---|---|---|"));
        for (int latency : LATENCIES_MS) {
            try (var _ = LocalAws.latency(latency)) {
                table.add(row(latency));
            }
        }
        Path report = Path.of("target", "bench", "readiness.md");
        Files.createDirectories(report.getParent());
        Files.writeString(report, RUNS + " each.\n\n" + String.join("\n", table) + "\n");
    }

    private String row(int latency) {
        double[] took = new double[RUNS];
        double[] own = new double[RUNS];
        int calls = 0;
        for (int run = 0; run < RUNS; run++) {
            long since = System.currentTimeMillis();
            long start = System.nanoTime();
            assertThat(failover.readiness(tenant).serving()).isPresent();
            took[run] = (System.nanoTime() - start) / 1e6;
            List<LocalAws.Call> made = LocalAws.calls(since, Map.of());
            calls = made.size();
            own[run] = took[run]
                    - made.stream()
                            .mapToDouble(call -> call.end() - call.start())
                            .sum();
        }
        return "| %d ms | %d | %s | %s |".formatted(latency, calls, spread(took), spread(own));
    }

    /** The median, and the quartiles in brackets. */
    private static String spread(double[] measured) {
        double[] sorted = measured.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f to %.1f)",
                sorted[sorted.length / 2],
                sorted[sorted.length / 4],
                sorted[sorted.length * 3 / 4]);
    }
}
