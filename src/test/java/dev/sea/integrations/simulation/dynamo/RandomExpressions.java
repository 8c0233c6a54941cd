package dev.sea.integrations.simulation.dynamo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random expressions of one request, with their placeholders. Half of them are those of the service's own stores, with values
 * at random.
 */
final class RandomExpressions {
    static final List<String> NUMBERS = List.of("uses", "version", "ttl", "dueAt");
    static final List<String> WORDS = List.of("state", "lease", "tenant");
    static final List<String> SETS = List.of("running", "tried");
    static final List<String> OTHERS = List.of("health", "places", "proved", "duePartition");

    private static final Pattern WORD = Pattern.compile("[#:][A-Za-z0-9]+");
    private static final List<String> TEXTS = List.of("ACTIVE", "INACTIVE", "a", "ab", "b");
    private static final List<String> TYPES = List.of("S", "N", "SS", "M", "BOOL", "L");
    private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

    /** What the stores ask before a write. */
    private static final List<String> CONDITIONS = List.of(
            "attribute_not_exists(PK)",
            "attribute_not_exists(PK) OR #ttl <= :number",
            "attribute_not_exists(PK) OR #tenant = :word OR #ttl <= :number",
            "attribute_not_exists(PK) OR #ttl <= :number OR (#tenant = :word AND #ttl = :number)",
            "#state = :word AND (attribute_not_exists(#lease) OR #dueAt <= :due)",
            "#state = :word AND #dueAt <= :due",
            "#lease = :word",
            "#version = :number AND #health.#sequence = :number2",
            "#version = :number AND #health.#sequence = :number2 AND #lease = :word AND #state = :word2",
            "(attribute_not_exists(#state) OR #state <> :word) AND (attribute_not_exists(#lease) OR #lease <> :word)",
            "(attribute_not_exists(#version) OR #version < :number) AND (attribute_not_exists(#running) OR size(#running)"
                    + " < :number2)",
            "#version >= :number AND #uses < :number2 AND (attribute_not_exists(#running) OR size(#running) < :number)",
            "attribute_not_exists(#tried) OR size(#tried) < :number OR contains(#tried, :word)",
            "#state = :word AND attribute_exists(#lease)",
            "#state = :word AND attribute_not_exists(#lease)",
            "dueAt = :due");

    /** What they write. */
    private static final List<String> UPDATES = List.of(
            "SET #lease = :word, #dueAt = :due",
            "SET #dueAt = :due, #health.#sequence = :number, #health.#status = :word",
            "SET #dueAt = :due REMOVE #lease",
            "SET #tenant = :word ADD #uses :one REMOVE #ttl, duePartition, dueAt",
            "ADD #uses :one",
            "ADD #uses :one, #running :set SET #ttl = :number",
            "SET #version = :number, #uses = :one, #ttl = :number ADD #running :set",
            "DELETE #running :set",
            "ADD #tried :set",
            "REMOVE #lease, #dueAt, duePartition",
            "SET #recordsTo = :word, #prefix = :word2",
            "SET #recordsTo = :word",
            "REMOVE #recordsTo, #prefix",
            "SET #state = :word, #version = :number, #health = :map, duePartition = :partition, #dueAt = :due REMOVE #lease");

    private final RandomGenerator random;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    RandomExpressions(RandomGenerator random) {
        this.random = random;
    }

    /** Null where no name has a placeholder. */
    @Nullable
    Map<String, String> names() {
        return names.isEmpty() ? null : names;
    }

    @Nullable
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    String name(String attribute) {
        names.put("#" + attribute, attribute);
        return "#" + attribute;
    }

    String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    String condition() {
        return random.nextBoolean() ? filled(oneOf(CONDITIONS)) : condition(2);
    }

    String update() {
        return random.nextBoolean() ? filled(oneOf(UPDATES)) : randomUpdate();
    }

    /** Puts values at random for words such as {@code :number}, and takes the names as they are. */
    private String filled(String template) {
        return WORD.matcher(template)
                .replaceAll(word -> word.group().startsWith("#")
                        ? name(word.group().substring(1))
                        : value(sample(word.group().substring(1))));
    }

    private AttributeValue sample(String kind) {
        return switch (kind) {
            case "one" -> AttributeValue.fromN(random.nextBoolean() ? "1" : "-1");
            case "due" -> of("dueAt");
            case "set" -> of("running");
            case "map" -> of("health");
            case "partition" -> of("duePartition");
            case "word", "word2" -> of("state");
            default -> of("uses");
        };
    }

    /** A value of the kind that an attribute has. */
    AttributeValue of(String attribute) {
        return switch (attribute) {
            case "dueAt" -> AttributeValue.fromN(Integer.toString(random.nextInt(1_000_000)));
            case "duePartition" -> AttributeValue.fromN(Integer.toString(1 + random.nextInt(2)));
            case "running", "tried" -> AttributeValue.fromSs(set());
            case "health" -> AttributeValue.fromM(Map.of("sequence", of("uses"), "status", of("state")));
            case "places" -> AttributeValue.fromL(List.of(of("health"), of("state")));
            case "proved" -> AttributeValue.fromBool(random.nextBoolean());
            case "state", "lease", "tenant", "status" -> AttributeValue.fromS(oneOf(TEXTS));
            default -> AttributeValue.fromN(Integer.toString(random.nextInt(6)));
        };
    }

    private List<String> set() {
        Set<String> elements = new LinkedHashSet<>();
        IntStream.rangeClosed(0, random.nextInt(3)).forEach(_ -> elements.add(oneOf(TEXTS)));
        return List.copyOf(elements);
    }

    private String condition(int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(6)) {
            case 1 -> condition(depth - 1) + " AND " + condition(depth - 1);
            case 2 -> condition(depth - 1) + " OR " + condition(depth - 1);
            case 3 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ") AND " + condition(depth - 1);
            case 4 -> "NOT " + condition(0);
            default -> single();
        };
    }

    private String single() {
        String word = oneOf(WORDS);
        String number = oneOf(NUMBERS);
        return switch (random.nextInt(12)) {
            case 0 -> "attribute_exists(" + name(oneOf(all())) + ")";
            case 1 -> "attribute_not_exists(" + name(oneOf(all())) + ")";
            case 2 -> "attribute_type(" + name(oneOf(all())) + ", " + value(AttributeValue.fromS(oneOf(TYPES))) + ")";
            case 3 -> "begins_with(" + name(word) + ", " + value(of(word)) + ")";
            case 4 -> "contains(" + name(oneOf(SETS)) + ", " + value(of(word)) + ")";
            case 5 -> "size(" + name(oneOf(SETS)) + ") " + oneOf(OPERATORS) + " " + value(of("uses"));
            case 6 -> name(number) + " BETWEEN " + between(number);
            case 7 -> name(word) + " IN (" + value(of(word)) + ", " + value(of(word)) + ")";
            case 8 -> name(oneOf(NUMBERS)) + " " + oneOf(OPERATORS) + " " + name(oneOf(all()));
            case 9 -> name("health") + "." + name("sequence") + " " + oneOf(OPERATORS) + " " + value(of("uses"));
            case 10 -> name(oneOf(all())) + " " + oneOf(List.of("=", "<>")) + " " + value(of(oneOf(all())));
            default -> name(oneOf(all())) + " " + oneOf(OPERATORS) + " " + value(of(oneOf(List.of(word, number))));
        };
    }

    private String between(String number) {
        List<AttributeValue> bounds = new ArrayList<>(List.of(of(number), of(number)));
        bounds.sort(AttributeValues::order);
        return value(bounds.getFirst()) + " AND " + value(bounds.getLast());
    }

    private String randomUpdate() {
        List<String> attributes = new ArrayList<>(all());
        Collections.shuffle(attributes, Random.from(random));
        Map<String, List<String>> sections = new HashMap<>();
        for (String attribute : attributes.subList(0, 1 + random.nextInt(3))) {
            String action = action(attribute);
            int space = action.indexOf(' ');
            sections.computeIfAbsent(action.substring(0, space), _ -> new ArrayList<>())
                    .add(action.substring(space + 1));
        }
        return sections.entrySet().stream()
                .map(section -> section.getKey() + " " + String.join(", ", section.getValue()))
                .collect(Collectors.joining(" "));
    }

    private String action(String attribute) {
        String path = name(attribute);
        if (random.nextInt(4) == 0) {
            return "REMOVE " + path;
        }
        boolean changes = random.nextBoolean();
        if (SETS.contains(attribute) && changes) {
            return oneOf(List.of("ADD ", "DELETE ")) + path + " " + value(of(attribute));
        }
        if (attribute.equals("health") && changes) {
            return random.nextInt(4) == 0
                    ? "REMOVE " + path + "." + name("status")
                    : "SET " + path + "." + name("status") + " = " + value(of("status"));
        }
        if (attribute.equals("places") && changes) {
            return "SET " + path + " = list_append(" + path + ", " + value(of("places")) + ")";
        }
        if (NUMBERS.contains(attribute) && changes) {
            return switch (random.nextInt(4)) {
                case 0 -> "ADD " + path + " " + value(of("uses"));
                case 1 -> "SET " + path + " = " + path + oneOf(List.of(" + ", " - ")) + value(of("uses"));
                case 2 ->
                    "SET " + path + " = if_not_exists(" + path + ", " + value(of("uses")) + ") + " + value(of("uses"));
                default -> "SET " + path + " = " + name(oneOf(NUMBERS));
            };
        }
        return "SET " + path + " = " + value(of(attribute));
    }

    String projection() {
        List<String> paths = new ArrayList<>(List.of("SK"));
        for (String attribute : List.of("state", "uses", "running")) {
            if (random.nextBoolean()) {
                paths.add(name(attribute));
            }
        }
        if (random.nextBoolean()) {
            paths.add(name("health") + "." + name("status"));
        }
        return String.join(", ", paths);
    }

    static List<String> all() {
        List<String> all = new ArrayList<>(NUMBERS);
        all.addAll(WORDS);
        all.addAll(SETS);
        all.addAll(OTHERS);
        return all;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
