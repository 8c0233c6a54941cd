package dev.sea.integrations.mistakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One case in a file under {@code real-mistakes}, whose README.md describes the format. */
record Mistake(String name, JsonNode told) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EACH = "${each}";
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "why",
            "doc",
            "each",
            "role",
            "user",
            "bucket",
            "key",
            "input",
            "expect",
            "refused",
            "mentions",
            "never");

    Mistake {
        told.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                throw new IllegalArgumentException(name + ": there is no member " + member);
            }
        });
        for (String member : List.of("why", "doc")) {
            if (!told.path(member).isTextual()) {
                throw new IllegalArgumentException(name + ": says no " + member);
            }
        }
        if (told.has("expect") == told.has("refused")) {
            throw new IllegalArgumentException(name + ": has either expect or refused");
        }
    }

    /** The cases in a file. A case with {@code each} becomes one for each of its values. */
    static Stream<Mistake> in(String file) {
        try (InputStream yaml = Mistake.class.getResourceAsStream("/real-mistakes/" + file)) {
            if (yaml == null) {
                throw new IllegalArgumentException("no such file: " + file);
            }
            // Jackson's own reader of YAML does not follow anchors.
            Object cases = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return elements(JSON.valueToTree(cases)).flatMap(Mistake::each).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static Stream<Mistake> each(JsonNode told) {
        String name = told.path("name").asText();
        return told.has("each")
                ? elements(told.get("each"))
                        .map(value -> new Mistake(name + ": " + shown(value), filledIn(told, value)))
                : Stream.of(new Mistake(name, told));
    }

    /** A short form for names in logs. */
    private static String shown(JsonNode value) {
        StringBuilder shown = new StringBuilder();
        String text = value.isTextual() ? value.textValue() : value.toString().replace("\"", "");
        text.codePoints().limit(100).forEach(c -> {
            if (c < ' ' || c > '~') {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static JsonNode filledIn(JsonNode node, JsonNode value) {
        if (node.isTextual()) {
            return node.textValue().equals(EACH)
                    ? value
                    : TextNode.valueOf(node.textValue().replace(EACH, value.asText()));
        }
        JsonNode copy = node.deepCopy();
        switch (copy) {
            case ObjectNode object ->
                object.properties().forEach(member -> member.setValue(filledIn(member.getValue(), value)));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, filledIn(array.get(i), value));
                }
            }
            default -> {}
        }
        return copy;
    }

    /** Whether the body must be rejected, so that nothing is set up. */
    boolean isRefused() {
        return told.has("refused");
    }

    /** The fields of the problem, as JSON Pointers. */
    List<String> refusedFields() {
        JsonNode refused = told.path("refused");
        return refused.isTextual()
                ? List.of(refused.textValue())
                : elements(refused).map(JsonNode::asText).toList();
    }

    boolean usesKeys() {
        return told.has("user");
    }

    /** Whether uploads are encrypted with a KMS key. */
    boolean encrypts() {
        return told.has("key");
    }

    /**
     * The outcome or code of each check that differs from a healthy report. The check {@code rest} stands for all
     * others.
     */
    Map<String, String> expected() {
        JsonNode expect = told.path("expect");
        if (expect.isTextual() && expect.textValue().equals("healthy")) {
            return Map.of();
        }
        Map<String, String> expected = new LinkedHashMap<>();
        expect.properties()
                .forEach(check -> expected.put(check.getKey(), check.getValue().asText()));
        return expected;
    }

    List<String> mentions() {
        return elements(told.path("mentions")).map(JsonNode::asText).toList();
    }

    List<String> never() {
        return elements(told.path("never")).map(JsonNode::asText).toList();
    }

    Optional<JsonNode> input() {
        return Optional.ofNullable(told.get("input"));
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @Override
    public String toString() {
        return name;
    }
}
