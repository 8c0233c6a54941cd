package dev.sea.integrations.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A policy's tree as block YAML. Every string is quoted, so that none is taken for a date, a number or a tag; member names
 * are IAM's own and plain.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#731-double-quoted-style">YAML, double-quoted style</a>
 */
final class Yaml {
    private static final String STEP = "  ";

    private Yaml() {}

    /** To be placed behind a member's colon at this indentation. */
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

    /** An element's first line stands behind its dash. */
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
