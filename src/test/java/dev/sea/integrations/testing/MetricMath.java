package dev.sea.integrations.testing;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The part of CloudWatch's metric math that the template's alarms use: numbers, metrics, the four operations, comparisons and IF.
 * Where a metric has no value, or a divisor is zero, the result has none.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Metric math</a>
 */
final class MetricMath {
    private final String text;
    private final Function<String, OptionalDouble> metrics;
    private int at;

    private MetricMath(String text, Function<String, OptionalDouble> metrics) {
        this.text = text.replace(" ", "");
        this.metrics = metrics;
    }

    static OptionalDouble value(String expression, Function<String, OptionalDouble> metrics) {
        MetricMath math = new MetricMath(expression, metrics);
        double value = math.comparison();
        if (math.at < math.text.length()) {
            throw new IllegalArgumentException(expression + " goes on at " + math.at);
        }
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private double comparison() {
        double left = sum();
        if (take(">=")) {
            return truth(left, left >= sum());
        }
        if (take("<=")) {
            return truth(left, left <= sum());
        }
        if (take(">")) {
            return truth(left, left > sum());
        }
        return take("<") ? truth(left, left < sum()) : left;
    }

    private static double truth(double left, boolean holds) {
        if (Double.isNaN(left)) {
            return left;
        }
        return holds ? 1 : 0;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (take("+")) {
                value += product();
            } else if (take("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = factor();
        while (true) {
            if (take("*")) {
                value *= factor();
            } else if (take("/")) {
                value /= factor();
            } else {
                return value;
            }
        }
    }

    private double factor() {
        if (take("IF(")) {
            double condition = comparison();
            demand(",");
            double then = comparison();
            demand(",");
            double otherwise = comparison();
            demand(")");
            if (Double.isNaN(condition)) {
                return condition;
            }
            return condition == 0 ? otherwise : then;
        }
        if (take("(")) {
            double inner = comparison();
            demand(")");
            return inner;
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.isEmpty()) {
            throw new IllegalArgumentException(text + " cannot be read at " + start);
        }
        return Character.isDigit(word.charAt(0))
                ? Double.parseDouble(word)
                : metrics.apply(word).orElse(Double.NaN);
    }

    private boolean take(String token) {
        boolean next = text.startsWith(token, at);
        at += next ? token.length() : 0;
        return next;
    }

    private void demand(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException(text + " lacks " + token + " at " + at);
        }
    }
}
