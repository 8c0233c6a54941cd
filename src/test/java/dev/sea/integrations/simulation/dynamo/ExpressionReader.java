package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.AwsErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads DynamoDB's expressions word by word.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">Expressions</a>
 */
final class ExpressionReader {
    private static final Pattern WORD =
            Pattern.compile("\\s*([#:]?[A-Za-z_][A-Za-z0-9_]*|[0-9]+|<>|<=|>=|[-=<>()+,.\\[\\]])");

    static final Cache<List<DocumentPath>> PROJECTIONS = new Cache<>(ExpressionReader::projection);

    private final String text;
    private final List<String> words = new ArrayList<>();
    private int next;

    private ExpressionReader(String text) {
        this.text = text;
        String trimmed = text.stripTrailing();
        Matcher matcher = WORD.matcher(trimmed);
        int at = 0;
        while (at < trimmed.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw error();
            }
            words.add(matcher.group(1));
            at = matcher.end();
        }
    }

    /**
     * What an expression says.
     *
     * @param placeholders that occur in it
     */
    record Compiled<T>(T tree, Set<String> placeholders) {}

    /** Keeps what it has read, by the expression's text. */
    static final class Cache<T> {
        private final Function<ExpressionReader, T> grammar;
        private final Map<String, Compiled<T>> known = new ConcurrentHashMap<>();

        Cache(Function<ExpressionReader, T> grammar) {
            this.grammar = grammar;
        }

        @Nullable
        Compiled<T> compiled(@Nullable String text) {
            if (text == null) {
                return null;
            }
            Compiled<T> compiled = known.get(text);
            if (compiled == null) {
                compiled = read(text);
                known.put(text, compiled);
            }
            return compiled;
        }

        private Compiled<T> read(String text) {
            ExpressionReader reader = new ExpressionReader(text);
            T tree = grammar.apply(reader);
            if (reader.next < reader.words.size()) {
                throw reader.error();
            }
            return new Compiled<>(
                    tree,
                    reader.words.stream()
                            .filter(word -> word.startsWith("#") || word.startsWith(":"))
                            .collect(Collectors.toSet()));
        }
    }

    /** What the placeholders of one request stand for. */
    record Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {

        /**
         * DynamoDB refuses a request that lacks one, or has one too many.
         *
         * @param expressions of the request; null for one that it does not have
         */
        Placeholders checked(@Nullable Compiled<?>... expressions) {
            for (Compiled<?> expression : expressions) {
                if (expression != null) {
                    expression.placeholders().forEach(this::defined);
                }
            }
            names.keySet().forEach(placeholder -> refuseUnused("Names", placeholder, expressions));
            values.keySet().forEach(placeholder -> refuseUnused("Values", placeholder, expressions));
            return this;
        }

        private void defined(String placeholder) {
            if (placeholder.startsWith("#") && !names.containsKey(placeholder)) {
                throw AwsErrors.validation("Invalid expression: An expression attribute name used in the document path"
                        + " is not defined; attribute name: " + placeholder);
            }
            if (placeholder.startsWith(":") && !values.containsKey(placeholder)) {
                throw AwsErrors.validation("Invalid expression: An expression attribute value used in expression is not"
                        + " defined; attribute value: " + placeholder);
            }
        }

        private static void refuseUnused(String kind, String placeholder, @Nullable Compiled<?>... expressions) {
            for (Compiled<?> expression : expressions) {
                if (expression != null && expression.placeholders().contains(placeholder)) {
                    return;
                }
            }
            throw AwsErrors.validation("Value provided in ExpressionAttribute" + kind
                    + " unused in expressions: keys: {" + placeholder + "}");
        }

        AttributeValue value(String placeholder) {
            AttributeValue value = values.get(placeholder);
            if (value == null) {
                throw new IllegalStateException("checked() lets no undefined placeholder through");
            }
            return value;
        }

        String name(String word) {
            return word.startsWith("#") ? names.getOrDefault(word, word) : word;
        }
    }

    /**
     * A place in an item, such as {@code #health.#status} or {@code places[0]}.
     *
     * @param steps names and placeholders of names (String) and indexes of lists (Integer), starting with a name
     */
    record DocumentPath(List<Object> steps) {

        String attribute(Placeholders placeholders) {
            return placeholders.name((String) steps.getFirst());
        }

        /** Null where there is nothing. */
        @Nullable
        AttributeValue of(Map<String, AttributeValue> item, Placeholders placeholders) {
            AttributeValue value = item.get(attribute(placeholders));
            for (int i = 1; i < steps.size() && value != null; i++) {
                value = switch (steps.get(i)) {
                    case Integer index ->
                        value.hasL() && index < value.l().size() ? value.l().get(index) : null;
                    case Object name -> value.hasM() ? value.m().get(placeholders.name((String) name)) : null;
                };
            }
            return value;
        }
    }

    /** The next word, unless the expression is at its end. */
    @Nullable
    String peek() {
        return next < words.size() ? words.get(next) : null;
    }

    String word() {
        if (next == words.size()) {
            throw error();
        }
        return words.get(next++);
    }

    /** Reads the word if it comes next; keywords in any case. */
    boolean accept(String wanted) {
        boolean comes = next < words.size() && words.get(next).equalsIgnoreCase(wanted);
        if (comes) {
            next++;
        }
        return comes;
    }

    void expect(String wanted) {
        if (!accept(wanted)) {
            throw error();
        }
    }

    /** Reads the start of a function's call if it comes next. Functions' names are in lower case. */
    boolean acceptCall(String function) {
        boolean comes = next + 1 < words.size()
                && words.get(next).equals(function)
                && words.get(next + 1).equals("(");
        if (comes) {
            next += 2;
        }
        return comes;
    }

    boolean isValueNext() {
        String word = peek();
        return word != null && word.startsWith(":");
    }

    String value() {
        if (!isValueNext()) {
            throw error();
        }
        return word();
    }

    DocumentPath path() {
        List<Object> steps = new ArrayList<>(List.of(name()));
        while (true) {
            if (accept(".")) {
                steps.add(name());
            } else if (accept("[")) {
                steps.add(Integer.valueOf(word()));
                expect("]");
            } else {
                return new DocumentPath(List.copyOf(steps));
            }
        }
    }

    private String name() {
        String word = word();
        if (!Character.isLetter(word.charAt(0)) && word.charAt(0) != '#' && word.charAt(0) != '_') {
            throw error();
        }
        return word;
    }

    /** A list of paths, divided by commas. */
    private static List<DocumentPath> projection(ExpressionReader reader) {
        List<DocumentPath> paths = new ArrayList<>();
        do {
            paths.add(reader.path());
        } while (reader.accept(","));
        return List.copyOf(paths);
    }

    RuntimeException error() {
        String token = next < words.size() ? words.get(next) : "<EOF>";
        return AwsErrors.validation(String.format(
                Locale.ROOT, "Invalid expression: Syntax error; token: \"%s\", near: \"%s\"", token, text));
    }
}
