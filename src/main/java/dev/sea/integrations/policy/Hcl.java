package dev.sea.integrations.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A policy's tree as an expression of Terraform's language, laid out as {@code terraform fmt} does.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/expressions/strings">Strings and templates</a>
 */
final class Hcl {
    private static final String STEP = "  ";
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Hcl() {}

    /** A string that means exactly this text: with JSON's escapes, and with no character that starts a template. */
    static String quoted(String text) {
        String json = AsciiJson.quoted(text);
        StringBuilder hcl = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            // A sigil is never the last character: at least the closing quote follows.
            switch (json.charAt(i)) {
                case '$' -> hcl.append(dollar(json.charAt(i + 1)));
                // Not doubled: several parsers read %%{ as an escape only if a brace closes it.
                case '%' -> hcl.append(json.charAt(i + 1) == '{' ? "\\u0025" : "%");
                default -> hcl.append(json.charAt(i));
            }
        }
        return hcl.toString();
    }

    private static String dollar(char next) {
        return switch (next) {
            case '{' -> "$$";
            // As a number. As it is, it would become part of the escape that the next sigil may need.
            case '$' -> "\\u0024";
            default -> "$";
        };
    }

    static String expression(String indent, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> object(indent, object);
            case ArrayNode array -> array(indent, array);
            default -> quoted(node.textValue());
        };
    }

    private static String array(String indent, ArrayNode array) {
        if (array.size() == 1 && array.path(0).isTextual()) {
            return "[" + quoted(array.path(0).textValue()) + "]";
        }
        StringBuilder hcl = new StringBuilder("[\n");
        array.forEach(element -> hcl.append(indent)
                .append(STEP)
                .append(expression(indent + STEP, element))
                .append(",\n"));
        return hcl.append(indent).append(']').toString();
    }

    private static String object(String indent, ObjectNode object) {
        Map<String, String> members = new LinkedHashMap<>();
        object.forEachEntry((name, member) -> members.put(
                IDENTIFIER.matcher(name).matches() ? name : quoted(name), expression(indent + STEP, member)));
        StringBuilder hcl = new StringBuilder("{\n");
        List<String> oneLiners = new ArrayList<>();
        members.forEach((name, value) -> {
            if (value.contains("\n")) {
                align(hcl, indent + STEP, oneLiners, members);
                oneLiners.clear();
                hcl.append(indent)
                        .append(STEP)
                        .append(name)
                        .append(" = ")
                        .append(value)
                        .append('\n');
            } else {
                oneLiners.add(name);
            }
        });
        align(hcl, indent + STEP, oneLiners, members);
        return hcl.append(indent).append('}').toString();
    }

    private static void align(StringBuilder hcl, String indent, List<String> names, Map<String, String> members) {
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            hcl.append(indent).append(name).repeat(" ", width - name.length());
            hcl.append(" = ").append(members.get(name)).append('\n');
        }
    }
}
