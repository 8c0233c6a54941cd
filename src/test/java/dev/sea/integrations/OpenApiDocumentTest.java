package dev.sea.integrations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sea.integrations.testing.TemplateRoutes;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The committed document of the API is the one that the code gives, and the gateway's routes are its operations. */
@QuarkusTest
class OpenApiDocumentTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path COMMITTED = Path.of("src/main/openapi/openapi.yaml");
    private static final String UPDATE = "openapi.update";

    @Test
    void theCommittedDocumentIsTheGeneratedOne() throws IOException {
        String generated = given().get("/q/openapi?format=yaml").asString();
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, generated);
        }

        assertThat(YAML.readTree(COMMITTED.toFile()))
                .as("./mvnw test -Dtest=%s -D%s=true writes it", getClass().getSimpleName(), UPDATE)
                .isEqualTo(YAML.readTree(generated));
    }

    @Test
    void theGatewaysRoutesAreTheDocumentsOperations() throws IOException {
        Set<String> operations = new TreeSet<>();
        YAML.readTree(COMMITTED.toFile())
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(route(method, path.getKey()))));

        Set<String> routes = TemplateRoutes.all().stream()
                .map(route -> route(route.method(), route.path()))
                .filter(route -> route.contains(" /v1/"))
                .collect(Collectors.toSet());

        assertThat(routes).isEqualTo(operations);
    }

    @Test
    void nothingInternalIsInIt() throws IOException {
        assertThat(Files.readString(COMMITTED)).doesNotContain("/internal");
    }

    private static String route(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
