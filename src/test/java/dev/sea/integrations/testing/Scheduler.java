package dev.sea.integrations.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** EventBridge Scheduler as the function sees it: sends what the template's schedules send. */
public final class Scheduler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Scheduler() {}

    /** The report of a sweep over all partitions. */
    public static JsonNode tick() {
        return tick(0, 1);
    }

    public static JsonNode tick(int shard, int shards) {
        Gateway.Answer answer = Gateway.invoke(event(shard, shards));
        if (answer.status() != 200) {
            throw new AssertionError("the sweep failed: " + answer.status() + " " + answer.text());
        }
        return answer.json();
    }

    /** The event, for tests that change it. */
    public static ObjectNode event(int shard, int shards) {
        try {
            // A stack has the schedules of 1, 2, 4 or 8 shards; they differ only in the number.
            ObjectNode event = (ObjectNode) JSON.readTree(ScheduleEvent.ofShard(0, shards));
            return event.put("body", event.path("body").textValue().replace("\"shard\":0", "\"shard\":" + shard));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
