package dev.sea.integrations.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.integration.Health;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final Metrics.Swept IDLE = new Metrics.Swept(0, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Metrics metrics =
            new Metrics(JSON, EventBusTest.CONFIG, () -> NOW, new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void aSweepIsOneLineOfEmbeddedMetricsByStage() throws IOException {
        metrics.swept(
                3, new Metrics.Swept(7, 6, 5, 1, 2, 4, 3, Duration.ofSeconds(90), Duration.ofHours(2)), List.of());

        JsonNode line = lines().getFirst();
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(directive.path("Namespace").asText()).isEqualTo("SEA/ExternalIntegrations");
        assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"Stage\"]]");
        assertThat(directive.path("Metrics").findValuesAsText("Name"))
                .containsExactly(
                        "Due",
                        "Claimed",
                        "Validated",
                        "Failed",
                        "Unknown",
                        "UnreadableRecords",
                        "LeftOver",
                        "OldestDueSeconds",
                        "OldestProofSeconds");
        assertThat(line.path("Stage").asText()).isEqualTo("prod");
        assertThat(line.path("Due").asInt()).isEqualTo(7);
        assertThat(line.path("UnreadableRecords").asInt()).isEqualTo(4);
        assertThat(line.path("LeftOver").asInt()).isEqualTo(3);
        assertThat(line.path("OldestDueSeconds").asInt()).isEqualTo(90);
        assertThat(line.path("OldestProofSeconds").asInt()).isEqualTo(7200);
    }

    @Test
    void aSweepIsCountedByItsShardSoThatADeadOneIsMissed() throws IOException {
        metrics.swept(3, IDLE, List.of());

        JsonNode line = lines().get(1);
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[\"Stage\",\"Shard\"]]");
        assertThat(line.path("Shard").textValue()).isEqualTo("3");
        assertThat(line.path("Sweeps").asInt()).isEqualTo(1);
    }

    @Test
    void aFaultOfOurOwnIsCountedByStageAlone() throws IOException {
        metrics.ownFault();

        JsonNode line = lines().getFirst();
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[\"Stage\"]]");
        assertThat(line.path("OwnFaults").asInt()).isEqualTo(1);
    }

    @Test
    void anIdleSweepWritesItsZerosSinceTheyAreCounted() throws IOException {
        metrics.swept(3, IDLE, List.of());

        assertThat(lines())
                .first()
                .satisfies(line ->
                        assertThat(line.path("OldestDueSeconds").isNumber()).isTrue());
    }

    @Test
    void aLineHasAtMostAHundredDurations() throws IOException {
        metrics.swept(3, IDLE, Collections.nCopies(250, Duration.ofMillis(40)));

        assertThat(lines().stream().map(line -> line.path("ValidationDuration").size()))
                .containsExactly(0, 0, 100, 100, 50);
    }

    @Test
    void changesAreCountedByTheNewStatusAndNeverByTenant() throws IOException {
        metrics.healthChanged(Health.Status.DEGRADED);

        JsonNode line = lines().getFirst();
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[\"Stage\",\"To\"]]");
        assertThat(line.path("To").asText()).isEqualTo("DEGRADED");
        assertThat(line.path("HealthChanged").asInt()).isEqualTo(1);
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
