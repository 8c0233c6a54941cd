package dev.sea.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.testing.CompiledCode;
import dev.sea.integrations.testing.JsonTypes;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * A native image contains, of what the code reaches by name only, what was registered when it was built. So this test builds
 * the application as for an image, up to the point where GraalVM would start, and holds what Quarkus then registers against
 * what the code and its resources use.
 *
 * @see <a href="https://quarkus.io/guides/writing-native-applications-tips">Tips for writing native applications</a>
 */
@QuarkusTest
@TestProfile(NativeImageTest.NativeBuild.class)
class NativeImageTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    /** Read by the build; no code reads them afterwards. */
    private static final Set<String> OF_THE_BUILD = Set.of("application.properties", "META-INF/openapi.yaml");

    /** What reads resources, and where from. */
    private static final Map<String, String> READERS =
            Map.of("dev.sea.integrations.page.PageFiles", "META-INF/resources/page/");

    /** Whatever of these a class uses, the image's builder would have to be told of what it reaches. */
    private static final Pattern REFLECTION =
            Pattern.compile("java\\.lang\\.reflect\\..*|java\\.util\\.ServiceLoader\\..*"
                    + "|java\\.util\\.ResourceBundle\\..*|java\\.io\\.Object(In|Out)putStream\\..*"
                    + "|java\\.lang\\.invoke\\.MethodHandles\\$Lookup\\.(find|unreflect|define).*"
                    + "|java\\.lang\\.(Class|ClassLoader|Module|ModuleLayer)\\.(forName|loadClass|findClass|defineClass|newInstance"
                    + "|get(Declared|Enclosing)?(Method|Field|Constructor|Classes|Annotation)s?(ByType)?"
                    + "|getRecordComponents|getPermittedSubclasses|getResource.*|getResources|getSystemResource.*)");

    private static final List<CompiledCode.Call> CALLS = CompiledCode.calls();

    /** As in production, without the API's document: the extension that makes it registers types as well. */
    public static final class NativeBuild implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.native.enabled", "true",
                    "quarkus.native.sources-only", "true",
                    "quarkus.smallrye-openapi.enabled", "false");
        }
    }

    @Test
    void everyTypeThatIsWrittenAsJsonIsRegistered() throws IOException {
        Map<String, List<String>> registered = registered();

        assertThat(types().found())
                .isNotEmpty()
                .allSatisfy(type -> assertThat(registered.getOrDefault(type.getName(), List.of()))
                        .as("is %s annotated with @RegisterForReflection?", type.getName())
                        .contains("allDeclaredMethods", "allDeclaredFields", "allDeclaredConstructors"));
    }

    @Test
    void whatIsWrittenAsJsonHasATypeThatTheCodeNames() {
        assertThat(types().untold()).isEmpty();
    }

    @Test
    void everyResourceIsRegistered() throws IOException {
        List<Pattern> included = patterns();

        assertThat(resources()).containsAll(OF_THE_BUILD);
        assertThat(resources()
                        .filter(name -> !OF_THE_BUILD.contains(name))
                        .filter(name -> included.stream()
                                .noneMatch(pattern -> pattern.matcher(name).matches())))
                .as(
                        "resources that no image would contain: see @RegisterResources or quarkus.native.resources.includes")
                .isEmpty();
    }

    /** As the files below META-INF/services and the SDK's lists of interceptors do. */
    @Test
    void everyClassThatAResourceNamesCanBeMade() throws IOException {
        Map<String, List<String>> registered = registered();
        List<String> named = resources()
                .filter(name -> name.startsWith("META-INF/services/") || name.endsWith("/execution.interceptors"))
                .flatMap(NativeImageTest::lines)
                .toList();

        assertThat(named)
                .contains("dev.sea.integrations.client.BrokenConnections")
                .allSatisfy(name -> assertThat(registered.getOrDefault(name, List.of()))
                        .as("how %s is registered", name)
                        .contains("allDeclaredConstructors"));
    }

    @Test
    void nothingElseIsReachedByNameOnly() {
        assertThat(CALLS.stream()
                        .filter(call -> REFLECTION
                                .matcher(call.called().owner() + "."
                                        + call.called().name())
                                .matches())
                        .filter(call -> !isReader(call))
                        .map(call -> "%s.%s calls %s.%s"
                                .formatted(
                                        call.caller().owner(),
                                        call.caller().name(),
                                        call.called().owner(),
                                        call.called().name())))
                .isEmpty();
    }

    private static boolean isReader(CompiledCode.Call call) {
        return READERS.containsKey(call.caller().owner())
                && call.called().name().equals("getResourceAsStream")
                && Files.isDirectory(RESOURCES.resolve(READERS.get(call.caller().owner())));
    }

    private static JsonTypes types() {
        List<Class<?>> all = CompiledCode.classes().stream()
                .filter(type -> !type.getPackageName().startsWith("dev.sea.integrations.openapi"))
                .toList();
        return JsonTypes.in(all, CALLS);
    }

    /** By the type's name, all of which members are registered: {@code allDeclaredMethods} and so on. */
    private static Map<String, List<String>> registered() throws IOException {
        Map<String, List<String>> registered = new HashMap<>();
        generated("reflect-config")
                .forEach(type -> registered.put(
                        type.path("name").asText(),
                        type.properties().stream()
                                .filter(member -> member.getValue().asBoolean())
                                .map(Map.Entry::getKey)
                                .toList()));
        return registered;
    }

    private static List<Pattern> patterns() throws IOException {
        return StreamSupport.stream(
                        generated("resource-config").at("/resources/includes").spliterator(), false)
                .map(each -> Pattern.compile(each.path("pattern").asText()))
                .toList();
    }

    /** A file that the build writes for the image's builder. */
    private static JsonNode generated(String name) throws IOException {
        try (InputStream file = Thread.currentThread()
                .getContextClassLoader()
                .getResourceAsStream("META-INF/native-image/" + name + ".json")) {
            assertThat(file).as(name).isNotNull();
            return new ObjectMapper().readTree(file);
        }
    }

    private static Stream<String> resources() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> RESOURCES.relativize(file).toString())
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> lines(String resource) {
        try {
            return Files.readAllLines(RESOURCES.resolve(resource)).stream()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
