package dev.sea.integrations.page;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Joins the page's ES modules into one script. Each module becomes a function that returns its exports and stands before the
 * modules that import it. Comments on lines of their own are left out, a sixth of the page. Behind the gateway each file is
 * an invocation of its own, so two dozen files at once would be two dozen cold starts (ADR 11).
 *
 * <p>Accepts only the two forms that our modules use: {@code import { a, b } from './name.js';}, and {@code export} before a
 * function, class or const.
 */
final class JoinedModules {
    /** On lines of its own. */
    private static final Pattern COMMENT =
            Pattern.compile("^ *(?:/\\*\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/|//.*)\\n", Pattern.MULTILINE);

    private static final Pattern IMPORT =
            Pattern.compile("^import \\{ (\\w+(?:,\\s\\w+)*) } from '\\./([\\w-]+\\.js)';\\n", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export (?=(?:async )?(?:function|class|const) (\\w+))", Pattern.MULTILINE);
    private static final Pattern OTHER = Pattern.compile("^(?:import|export)\\b.*", Pattern.MULTILINE);

    private final UnaryOperator<String> files;
    private final Map<String, String> joined = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private JoinedModules(UnaryOperator<String> files) {
        this.files = files;
    }

    /**
     * Joins a module and all that it imports.
     *
     * @param entry file name of the module that the page runs
     * @param files the text of a file by its name
     * @throws IllegalStateException when modules import each other in a circle, or use another form
     */
    static String of(String entry, UnaryOperator<String> files) {
        JoinedModules modules = new JoinedModules(files);
        String last = modules.bodyOf(entry);
        return String.join("", modules.joined.values()) + last;
    }

    private void add(String file) {
        if (!joined.containsKey(file)) {
            String exports = EXPORT.matcher(files.apply(file))
                    .results()
                    .map(export -> export.group(1))
                    .collect(Collectors.joining(", "));
            String body = bodyOf(file);
            joined.put(file, "const %s = (() => {\n%sreturn { %s };\n})();\n".formatted(name(file), body, exports));
        }
    }

    private String bodyOf(String file) {
        if (!open.add(file)) {
            throw new IllegalStateException("modules import each other: " + open + ", " + file);
        }
        String text = COMMENT.matcher(files.apply(file)).replaceAll("");
        IMPORT.matcher(text).results().map(found -> found.group(2)).forEach(this::add);
        String body = IMPORT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "const { %s } = %s;\n".formatted(found.group(1), name(found.group(2)))));
        open.remove(file);
        return checked(file, EXPORT.matcher(body).replaceAll(""));
    }

    private static String name(String file) {
        return "$" + file.replace(".js", "").replace('-', '_');
    }

    private static String checked(String file, String body) {
        OTHER.matcher(body).results().findFirst().ifPresent(form -> {
            throw new IllegalStateException(file + " uses an unsupported form: " + form.group());
        });
        return body;
    }
}
