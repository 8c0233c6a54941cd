package dev.sea.integrations.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Metrics that a test makes up, minute by minute.
 *
 * @param samples by name of the metric: for each minute the values that were reported in it
 */
public record MadeMetrics(Map<String, IntFunction<double[]>> samples) {
    private static final double[] NONE = {};

    public MadeMetrics {
        samples = Map.copyOf(samples);
    }

    public static MadeMetrics none() {
        return new MadeMetrics(Map.of());
    }

    /**
     * The same with another metric.
     *
     * @param name as {@link #name(JsonNode)} gives it
     */
    public MadeMetrics with(String name, IntFunction<double[]> byMinute) {
        Map<String, IntFunction<double[]>> all = new HashMap<>(samples);
        all.put(name, byMinute);
        return new MadeMetrics(all);
    }

    /** Values of one minute. */
    public static double[] reported(double... values) {
        return values;
    }

    /** A minute in which nothing was reported. */
    public static double[] nothing() {
        return NONE;
    }

    /**
     * What a metric of an alarm is called here: its name, and its dimensions in the order of their names.
     *
     * @param metric with {@code MetricName} and {@code Dimensions}
     */
    public static String name(JsonNode metric) {
        Map<String, String> dimensions = new TreeMap<>();
        metric.path("Dimensions")
                .forEach(one -> dimensions.put(
                        one.path("Name").asText(), one.path("Value").asText()));
        return metric.path("MetricName").asText() + dimensions;
    }

    /** The statistic of so many minutes; empty when nothing was reported in them, as in CloudWatch. */
    OptionalDouble statistic(String name, String statistic, int from, int minutes) {
        List<Double> values = new ArrayList<>();
        IntFunction<double[]> metric = samples.getOrDefault(name, _ -> NONE);
        for (int minute = Math.max(0, from); minute < from + minutes; minute++) {
            Arrays.stream(metric.apply(minute)).forEach(values::add);
        }
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        return OptionalDouble.of(
                switch (statistic) {
                    case "Sum" -> sum;
                    case "Average" -> sum / values.size();
                    case "SampleCount" -> values.size();
                    case "Maximum" ->
                        values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
                    case "Minimum" ->
                        values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
                    default -> throw new IllegalArgumentException("no statistic " + statistic);
                });
    }
}
