package dev.sea.integrations.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.Health;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Metrics in CloudWatch's embedded format: lines of JSON on standard output, from which CloudWatch makes metrics without a
 * call. Each must be a line of its own, so no logger writes them. Dimensions are the stage and, where it matters, the shard or
 * the new status: a metric for each tenant or integration would cost more than everything else.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Specification of the format</a>
 */
@ApplicationScoped
public class Metrics {
    private static final String NAMESPACE = "SEA/ExternalIntegrations";
    private static final String STAGE = "Stage";
    private static final String SHARD = "Shard";
    /** The most values that a metric may have in one line. */
    private static final int MOST_VALUES = 100;

    private final ObjectMapper json;
    private final SeaConfig config;
    private final InstantSource time;
    private final PrintStream out;

    @Inject
    Metrics(ObjectMapper json, SeaConfig config, InstantSource time) {
        this(json, config, time, System.out);
    }

    Metrics(ObjectMapper json, SeaConfig config, InstantSource time, PrintStream out) {
        this.json = json;
        this.config = config;
        this.time = time;
        this.out = out;
    }

    /**
     * What a completed sweep did: one value of each, zeros too, since alarms watch whether values come.
     *
     * @param oldestProof the longest time since a proof last learned something, of all integrations that the sweep looked at
     */
    public record Swept(
            int due,
            int claimed,
            int validated,
            int failed,
            int unknown,
            int unreadable,
            int leftOver,
            Duration oldestDue,
            Duration oldestProof) {}

    /**
     * Counts a completed sweep.
     *
     * @param shard its number: each shard has its own metric, which shows if nobody sweeps it
     */
    public void swept(int shard, Swept swept, List<Duration> validations) {
        Line line = new Line(STAGE);
        line.add("Due", "Count", swept.due());
        line.add("Claimed", "Count", swept.claimed());
        line.add("Validated", "Count", swept.validated());
        line.add("Failed", "Count", swept.failed());
        line.add("Unknown", "Count", swept.unknown());
        line.add("UnreadableRecords", "Count", swept.unreadable());
        line.add("LeftOver", "Count", swept.leftOver());
        line.add("OldestDueSeconds", "Seconds", swept.oldestDue().toSeconds());
        line.add("OldestProofSeconds", "Seconds", swept.oldestProof().toSeconds());
        line.write();
        Line ofShard = new Line(STAGE, SHARD);
        ofShard.root.put(SHARD, Integer.toString(shard));
        ofShard.add("Sweeps", "Count", 1);
        ofShard.write();
        for (int from = 0; from < validations.size(); from += MOST_VALUES) {
            validated(validations.subList(from, Math.min(from + MOST_VALUES, validations.size())));
        }
    }

    /** Counts a validation that failed on the service's own side. */
    public void ownFault() {
        happened("OwnFaults");
    }

    /** Counts a recording that was granted and is not where it should be. */
    public void recordingMissing() {
        happened("RecordingsMissing");
    }

    /** Counts something that happened, such as an event of one kind. */
    public void happened(String metric) {
        Line line = new Line(STAGE);
        line.add(metric, "Count", 1);
        line.write();
    }

    void healthChanged(Health.Status to) {
        Line line = new Line(STAGE, "To");
        line.root.put("To", to.name());
        line.add("HealthChanged", "Count", 1);
        line.write();
    }

    private void validated(List<Duration> durations) {
        Line line = new Line(STAGE);
        line.declare("ValidationDuration", "Milliseconds");
        ArrayNode values = line.root.putArray("ValidationDuration");
        durations.forEach(duration -> values.add(duration.toMillis()));
        line.write();
    }

    private final class Line {
        private final ObjectNode root = json.createObjectNode();
        private final ArrayNode declared;

        Line(String... dimensions) {
            ObjectNode aws =
                    root.putObject("_aws").put("Timestamp", time.instant().toEpochMilli());
            ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
            ArrayNode names = directive.putArray("Dimensions").addArray();
            for (String dimension : dimensions) {
                names.add(dimension);
            }
            declared = directive.putArray("Metrics");
            root.put(STAGE, config.stage());
        }

        void declare(String name, String unit) {
            declared.addObject().put("Name", name).put("Unit", unit);
        }

        void add(String name, String unit, long value) {
            declare(name, unit);
            root.put(name, value);
        }

        void write() {
            try {
                out.println(json.writer().writeValueAsString(root));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("metrics cannot be written as JSON", impossible);
            }
        }
    }
}
