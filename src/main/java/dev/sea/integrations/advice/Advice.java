package dev.sea.integrations.advice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sea.integrations.posture.AdviceCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that the customer may want to know, though SEA can use the bucket as it is. It never changes the status.
 *
 * @param since when a validation first saw it
 */
@RegisterForReflection
@Schema(name = "Advice")
public record Advice(AdviceCode code, String message, Remedy remedy, Instant since) {

    /**
     * What to do.
     *
     * @param text for the customer's AWS administrator
     * @param configuration JSON to copy, in the form that the AWS CLI takes; left out if there is nothing to set
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AdviceRemedy")
    public record Remedy(String text, @Nullable Map<String, Object> configuration) {}
}
