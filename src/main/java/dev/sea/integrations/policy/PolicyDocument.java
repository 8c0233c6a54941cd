package dev.sea.integrations.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** A whole policy. */
@JsonPropertyOrder({"Version", "Statement"})
public record PolicyDocument(
        @JsonProperty("Version") String version,
        @JsonProperty("Statement") List<Statement> statement) {

    public static PolicyDocument of(List<Statement> statements) {
        return new PolicyDocument("2012-10-17", List.copyOf(statements));
    }
}
