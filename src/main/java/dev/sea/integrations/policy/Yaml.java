package dev.sea.integrations.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A policy's tree as block YAML. Every string is quoted, so that no parser reads one as a date, a number or a tag. The names of
 * members are IAM's own and need no quotes.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#731-double-quoted-style">YAML, double-quoted style</a>
 */
final class Yaml {
    private static final String STEP = "  ";

    private Yaml() {}

    /** Text to follow a member's colon, if the member has this indentation. */
    static String under(String indent, JsonNode tree) {
        StringBuilder yaml = new StringBuilder();
        append(yaml, tree, indent + STEP);
        return yaml.toString();
    }

    private static void append(StringBuilder yaml, JsonNode node, String indent) {
        switch (node) {
            case ObjectNode object ->
                object.forEachEntry((name, member) -> {
                    yaml.append('\n').append(indent).append(name).append(':');
                    append(yaml, member, indent + STEP);
                });
            case ArrayNode array -> array.forEach(element -> appendElement(yaml, element, indent));
            default -> yaml.append(' ').append(AsciiJson.quoted(node.textValue()));
        }
    }

    /** An element's first line follows its dash. */
    private static void appendElement(StringBuilder yaml, JsonNode element, String indent) {
        StringBuilder block = new StringBuilder();
        append(block, element, indent + STEP);
        yaml.append('\n')
                .append(indent)
                .append('-')
                .append(' ')
                .append(block.toString().stripLeading());
    }
}
