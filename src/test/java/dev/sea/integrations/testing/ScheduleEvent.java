package dev.sea.integrations.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a schedule of {@code template.yaml} sends to the sweep function, as EventBridge Scheduler fills it in. */
public final class ScheduleEvent {
    private static final JsonNode TEMPLATE = read();

    private ScheduleEvent() {}

    /** The exact {@code Input} of the schedule of a shard, in a stack with this number of shards. */
    public static String ofShard(int shard, int shards) {
        JsonNode input =
                TEMPLATE.at("/Resources/SweepSchedule" + shard + "/Properties/Target/Input"); // Fn::Sub: [text, values]
        String request = TEMPLATE.at("/Mappings/Sweep/Schedule/Request").textValue();
        return input.path(0)
                .textValue()
                .replace("${Request}", request)
                .replace("${Shards}", Integer.toString(shards))
                .replace("<aws.scheduler.execution-id>", "d32c5kddcf5bb8c3");
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("template.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
