package dev.sea.integrations.policy;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with places {@code @name}, filled in one pass: what is filled in is not searched for places. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("@([A-Za-z]+)");

    private Template() {}

    static String filled(String template, UnaryOperator<String> values) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(values.apply(place.group(1))));
    }
}
