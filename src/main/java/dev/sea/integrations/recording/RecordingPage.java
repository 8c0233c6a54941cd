package dev.sea.integrations.recording;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of the objects below an integration's prefix, by their keys.
 *
 * @param nextCursor null on the last page
 */
@RegisterForReflection
@Schema(name = "RecordingPage")
public record RecordingPage(List<Item> items, @Nullable String nextCursor) {

    /** One object. */
    @RegisterForReflection
    @Schema(name = "RecordingItem")
    public record Item(
            @Schema(description = "Relative to the integration's prefix", examples = "2026/11/28/9f2c.mp4")
            String key,

            @Schema(description = "In bytes", examples = "48211094")
            long size,

            Instant lastModified) {}
}
