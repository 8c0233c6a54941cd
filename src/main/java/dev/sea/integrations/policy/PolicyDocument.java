package dev.sea.integrations.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** A whole policy. */
@JsonPropertyOrder({"Version", "Statement"})
public record PolicyDocument(
        @JsonProperty("Version") String version,
        @JsonProperty("Statement") List<Statement> statement) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectWriter JSON = MAPPER.writerFor(PolicyDocument.class);

    public static PolicyDocument of(List<Statement> statements) {
        return new PolicyDocument("2012-10-17", List.copyOf(statements));
    }

    /** Compact, as AWS counts its characters. */
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
