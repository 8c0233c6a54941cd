package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that are no requests of an HTTP API fail the invocation, and the log says what came. */
@QuarkusTest
class NoRequestsTest {
    private static final String VALUE = "value-of-a-customer";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Records\": [{\"s3\": \"value-of-a-customer\"}]}             | [Records]",
                "{\"detail-type\": \"value-of-a-customer\", \"detail\": {}}     | [detail-type, detail]",
                "{\"version\": \"1.0\", \"httpMethod\": \"GET\", \"path\": \"/\",\"body\":\"value-of-a-customer\"}"
                        + " | [httpMethod, path, version, body]",
                "{\"version\": \"2.0\", \"requestContext\": {\"apiId\": \"value-of-a-customer\"}}"
                        + " | [version, requestContext]",
                "{}                                                            | []"
            })
    void theLogSaysWhichKeysCame(String event, String keys) throws Exception {
        try (LogLines log = LogLines.ofAll()) {
            ObjectNode sent = (ObjectNode) new ObjectMapper().readTree(event);

            assertThatThrownBy(() -> Gateway.invoke(sent))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the invocation failed");

            List<String> lines = log.lines();
            assertThat(lines)
                    .anySatisfy(line -> assertThat(line).contains("no request").contains(keys));
            assertThat(log.text()).doesNotContain(VALUE);
        }
    }

    @Test
    void longAndOddKeysAreCut() {
        ObjectNode event = new ObjectMapper().createObjectNode();
        event.put("line\nbreak", 1).put("k".repeat(200), 2);
        for (int i = 0; i < 100; i++) {
            event.put("key-" + i, i);
        }
        try (LogLines log = LogLines.ofAll()) {
            assertThatThrownBy(() -> Gateway.invoke(event)).isInstanceOf(AssertionError.class);

            assertThat(log.text())
                    .contains("line?break")
                    .contains("k".repeat(64) + "...")
                    .contains("key-17");
            assertThat(log.text())
                    .doesNotContain("line\nbreak")
                    .doesNotContain("k".repeat(65))
                    .doesNotContain("key-18");
        }
    }
}
