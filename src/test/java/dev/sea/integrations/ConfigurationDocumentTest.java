package dev.sea.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.client.AwsConfig;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} against the properties that there are; those of the local AWS are the build's. */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final Pattern NAME = Pattern.compile("`(sea\\.(?!local-aws)[a-z.-]+)`");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(sea\\.(?!local-aws)[^`]+)` \\| ([^|]*) \\|", Pattern.MULTILINE);

    @Test
    void itNamesEachPropertyAndNoOther() throws IOException {
        assertThat(NAME.matcher(Files.readString(DOCUMENT)).results().map(name -> name.group(1)))
                .containsAll(properties().keySet());
        assertThat(properties().keySet()).containsAll(documented().keySet());
    }

    @Test
    void itGivesEachDefault() throws IOException {
        Map<String, String> documented = documented();

        properties()
                .forEach((name, value) -> value.ifPresent(
                        it -> assertThat(documented.get(name)).as(name).contains("`" + it + "`")));
    }

    private static Map<String, Optional<String>> properties() {
        Map<String, Optional<String>> properties = declared(SeaConfig.class, "sea");
        properties.putAll(declared(AwsConfig.class, "sea"));
        return properties;
    }

    private static Map<String, String> documented() throws IOException {
        return ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .collect(Collectors.toMap(
                        (MatchResult row) -> row.group(1), row -> row.group(2), (one, _) -> one, TreeMap::new));
    }

    /** The properties of a mapping, each with its default. */
    private static Map<String, Optional<String>> declared(Class<?> mapping, String prefix) {
        Map<String, Optional<String>> properties = new TreeMap<>();
        for (Method method : mapping.getDeclaredMethods()) {
            WithName renamed = method.getAnnotation(WithName.class);
            String name = prefix + "." + (renamed == null ? StringUtil.skewer(method.getName()) : renamed.value());
            if (method.getReturnType().isInterface()
                    && method.getReturnType().getName().startsWith("dev.sea.")) {
                properties.putAll(
                        method.getReturnType() == SeaConfig.LocalAws.class
                                ? Map.of()
                                : declared(method.getReturnType(), name));
            } else {
                WithDefault byDefault = method.getAnnotation(WithDefault.class);
                properties.put(name, Optional.ofNullable(byDefault).map(WithDefault::value));
            }
        }
        return properties;
    }
}
