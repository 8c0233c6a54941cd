package dev.sea.integrations.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * A whole policy.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar of the IAM JSON policy
 *     language</a>
 */
@JsonPropertyOrder({"Version", "Statement"})
public record PolicyDocument(
        @JsonProperty("Version") String version,
        @JsonProperty("Statement") List<Statement> statement) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectWriter JSON = MAPPER.writerFor(PolicyDocument.class);

    public static PolicyDocument of(List<Statement> statements) {
        return new PolicyDocument("2012-10-17", List.copyOf(statements));
    }

    /** Compact JSON, since AWS limits a policy's length in characters. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy is always JSON", e);
        }
    }

    JsonNode tree() {
        return MAPPER.valueToTree(this);
    }
}
