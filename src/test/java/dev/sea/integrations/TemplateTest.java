package dev.sea.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sea.integrations.testing.ScheduleEvent;
import dev.sea.integrations.testing.TemplateRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no linter knows of {@code template.yaml}. */
class TemplateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest(name = "shard {0} of {1}")
    @CsvSource({"0, 1", "1, 2", "2, 4", "3, 4", "4, 8", "5, 8", "6, 8", "7, 8"})
    void aScheduleSendsARequestThatNamesItsShardAndThatNoGatewaySent(int shard, int shards) throws IOException {
        JsonNode event = JSON.readTree(ScheduleEvent.ofShard(shard, shards));

        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("rawPath").asText()).isEqualTo("/internal/sweeps");
        assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("POST");
        assertThat(event.path("requestContext").has("apiId")).isFalse();
        assertThat(event.path("requestContext").has("authorizer")).isFalse();
        assertThat(JSON.readTree(event.path("body").asText()))
                .isEqualTo(JSON.createObjectNode().put("shard", shard).put("shards", shards));
    }

    @Test
    void theSampleOfATickIsTheSchedulesOwn() throws IOException {
        assertThat(JSON.readTree(Path.of("events/sweep.json").toFile()))
                .isEqualTo(JSON.readTree(ScheduleEvent.ofShard(0, 1)));
    }

    /** CloudFormation cannot remove what is protected: a failed first deployment would be stuck. */
    @Test
    void aFailedFirstDeploymentLeavesWhatIsProtectedAndItsKeyAndNothingElse() throws IOException {
        JsonNode template = YAML.readTree(Path.of("template.yaml").toFile());
        Set<String> left = new TreeSet<>();
        Set<String> isProtected = new TreeSet<>(Set.of("Key"));
        template.path("Resources").properties().forEach(resource -> {
            JsonNode properties = resource.getValue().path("Properties");
            if (resource.getValue().path("DeletionPolicy").asText().equals("Retain")) {
                left.add(resource.getKey());
            }
            if (properties.path("DeletionProtectionEnabled").asBoolean()
                    || properties.path("DeletionProtection").asText().equals("ACTIVE")) {
                isProtected.add(resource.getKey());
            }
        });

        assertThat(left).isEqualTo(isProtected).contains("Table", "UserPool");
    }

    @Test
    void everyRouteHasASampleOfItsEvent() throws IOException {
        Set<String> sampled = new TreeSet<>();
        try (var samples = Files.newDirectoryStream(Path.of("events"), "*-*.json")) {
            for (Path sample : samples) {
                sampled.add(JSON.readTree(sample.toFile()).path("routeKey").asText());
            }
        }

        assertThat(sampled)
                .containsExactlyInAnyOrderElementsOf(TemplateRoutes.all().stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
    }
}
