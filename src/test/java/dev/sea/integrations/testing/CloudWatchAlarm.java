package dev.sea.integrations.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * An alarm of {@code template.yaml}, evaluated on made metrics as CloudWatch evaluates it: M of the last N periods, with missing
 * values filled in where the evaluation range has fewer than N real ones.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html">How alarms treat
 *     missing data</a>
 */
public final class CloudWatchAlarm {
    /** CloudWatch looks at some more periods than N. AWS names no number; its tables show two. */
    private static final int FURTHER_PERIODS = 2;

    private static final String NAME_BEGINS = "${Stage}-sea-external-integrations-";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final JsonNode properties;

    public CloudWatchAlarm(JsonNode properties) {
        this.properties = properties;
    }

    /** All of the template, by the part of their names that follows the stage's. */
    public static Map<String, CloudWatchAlarm> all() {
        Map<String, CloudWatchAlarm> alarms = new LinkedHashMap<>();
        resources("AWS::CloudWatch::Alarm").forEach((_, resource) -> {
            JsonNode properties = resource.path("Properties");
            String name = properties.path("AlarmName").asText();
            if (!name.startsWith(NAME_BEGINS)) {
                throw new IllegalStateException(name + " is not named after the stage");
            }
            alarms.put(name.substring(NAME_BEGINS.length()), new CloudWatchAlarm(properties));
        });
        return alarms;
    }

    /** The template's resources of a type, by logical ID. */
    public static Map<String, JsonNode> resources(String type) {
        try {
            Map<String, JsonNode> found = new LinkedHashMap<>();
            YAML.readTree(Path.of("template.yaml").toFile()).path("Resources").forEachEntry((id, resource) -> {
                if (resource.path("Type").asText().equals(type)) {
                    found.put(id, resource);
                }
            });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode properties() {
        return properties;
    }

    /** The metrics that it watches, as the template has them. */
    public List<JsonNode> metrics() {
        if (!properties.has("Metrics")) {
            return List.of(properties);
        }
        List<JsonNode> metrics = new ArrayList<>();
        properties.path("Metrics").forEach(entry -> {
            if (entry.has("MetricStat")) {
                metrics.add(entry.at("/MetricStat/Metric"));
            }
        });
        return metrics;
    }

    /** Whether it is in ALARM at the end of a minute, which ends the last period. */
    public boolean isAlarm(MadeMetrics metrics, int minute) {
        int n = properties.path("EvaluationPeriods").asInt();
        List<OptionalDouble> range = new ArrayList<>();
        for (int back = 0; back < n + FURTHER_PERIODS; back++) {
            range.add(value(metrics, minute + 1 - (back + 1) * periodMinutes()));
        }
        return isAlarm(range);
    }

    /**
     * Whether the values of its evaluation range make it ALARM.
     *
     * @param range the youngest first
     */
    public boolean isAlarm(List<OptionalDouble> range) {
        int n = properties.path("EvaluationPeriods").asInt();
        int m = properties.path("DatapointsToAlarm").asInt(n);
        List<Double> real = range.stream()
                .flatMapToDouble(OptionalDouble::stream)
                .boxed()
                .limit(n)
                .toList();
        long breaching = real.stream().filter(this::breaches).count();
        return switch (properties.path("TreatMissingData").asText()) {
            case "notBreaching" -> breaching >= m;
            case "breaching" -> breaching + (n - real.size()) >= m;
            // The others keep a state, or have a third one, and no alarm of ours should.
            default -> throw new IllegalStateException("missing data is neither good nor bad: " + properties);
        };
    }

    private int periodMinutes() {
        JsonNode period =
                properties.has("Metrics") ? properties.path("Metrics").findValue("Period") : properties.path("Period");
        return period.asInt() / 60;
    }

    private OptionalDouble value(MadeMetrics metrics, int from) {
        if (!properties.has("Metrics")) {
            return metrics.statistic(
                    MadeMetrics.name(properties), properties.path("Statistic").asText(), from, periodMinutes());
        }
        String expression = properties.path("Metrics").findValue("Expression").asText();
        return MetricMath.value(expression, id -> {
            for (JsonNode entry : properties.path("Metrics")) {
                if (entry.path("Id").asText().equals(id)) {
                    JsonNode stat = entry.path("MetricStat");
                    return metrics.statistic(
                            MadeMetrics.name(stat.path("Metric")),
                            stat.path("Stat").asText(),
                            from,
                            stat.path("Period").asInt() / 60);
                }
            }
            throw new IllegalArgumentException(expression + " names " + id);
        });
    }

    private boolean breaches(double value) {
        double threshold = properties.path("Threshold").asDouble();
        return switch (properties.path("ComparisonOperator").asText()) {
            case "GreaterThanOrEqualToThreshold" -> value >= threshold;
            case "GreaterThanThreshold" -> value > threshold;
            case "LessThanThreshold" -> value < threshold;
            case "LessThanOrEqualToThreshold" -> value <= threshold;
            default -> throw new IllegalStateException("no such operator: " + properties);
        };
    }
}
