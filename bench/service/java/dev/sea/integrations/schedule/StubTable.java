package dev.sea.integrations.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * As much of a DynamoDB table as a sweep, a list and a draft's validation use: the index {@code due}, updates under the
 * conditions of leases and of the quota of proofs, and a tenant's integrations.
 */
final class StubTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTITIONS = 64;
    private static final long HOUR = 3_600_000;

    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final Map<Integer, ConcurrentSkipListMap<String, ObjectNode>> index = new ConcurrentHashMap<>();

    /**
     * So many integrations, of which so many are due; the others become so within the next hour, evenly.
     *
     * @param hosts how many buckets they have that are hosts of their own; 0 for one bucket, of no host of its own
     */
    void seed(ObjectNode template, int total, int due, int hosts) {
        items.keySet().removeIf(key -> !key.endsWith(" PROOFS"));
        index.clear();
        long now = System.currentTimeMillis();
        for (int n = 0; n < total; n++) {
            ObjectNode item = template.deepCopy();
            String id = "int_0%025d".formatted(n);
            item.set("PK", text("TENANT#bench-" + n / 200));
            item.set("SK", text("INT#" + id));
            item.set("duePartition", number(Math.floorMod(id.hashCode(), PARTITIONS)));
            item.set("dueAt", number(n < due ? now - 1_000 - n : now + HOUR + n * HOUR / total));
            if (hosts > 0) {
                item.set("bucket", text(BucketHosts.bucket(n % hosts)));
            }
            items.put(key(item), item);
            place(item);
        }
    }

    ObjectNode query(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode found = answer.putArray("Items");
        JsonNode values = request.path("ExpressionAttributeValues");
        if (values.has(":integrations")) {
            String start = values.at("/:tenant/S").asText() + " "
                    + values.at("/:integrations/S").asText();
            items.entrySet().stream()
                    .filter(item -> item.getKey().startsWith(start))
                    .sorted(Map.Entry.comparingByKey())
                    .limit(request.path("Limit").asInt(Integer.MAX_VALUE))
                    .forEach(item -> found.add(item.getValue()));
            return answer.put("Count", found.size());
        }
        if (!request.path("IndexName").asText().equals("due")) {
            return answer.put("Count", 0);
        }
        String upTo = "%020d~".formatted(values.at("/:now/N").asLong());
        JsonNode start = request.path("ExclusiveStartKey");
        String after = start.isMissingNode() ? "" : position(start);
        int limit = request.path("Limit").asInt(Integer.MAX_VALUE);
        for (ObjectNode item : partition(values.at("/:partition/N").asInt())
                .subMap(after, false, upTo, false)
                .values()) {
            if (found.size() == limit) {
                answer.set("LastEvaluatedKey", found.get(limit - 1));
                break;
            }
            found.add(keys(item));
        }
        return answer.put("Count", found.size());
    }

    /** Empty where the condition fails. */
    Optional<ObjectNode> update(JsonNode request) {
        if (request.at("/Key/SK/S").asText().equals("PROOFS")) {
            return proofs(request);
        }
        ObjectNode item = items.get(key(request.path("Key")));
        if (item == null) {
            // An integration that is not there is not leased. Nothing else that a sweep or a draft writes can fail
            // here.
            return request.at("/Key/SK/S").asText().startsWith("INT#")
                    ? Optional.empty()
                    : Optional.of(JSON.createObjectNode());
        }
        JsonNode values = request.path("ExpressionAttributeValues");
        synchronized (item) {
            boolean due = !values.has(":now")
                    || item.at("/dueAt/N").asLong() <= values.at("/:now/N").asLong();
            boolean leased =
                    !values.has(":leaseBefore") || values.path(":leaseBefore").equals(item.path("lease"));
            if (!due || !leased) {
                return Optional.empty();
            }
            partition(item.at("/duePartition/N").asInt()).remove(position(item));
            apply(item, request.path("UpdateExpression").asText(), request.path("ExpressionAttributeNames"), values);
            place(item);
            ObjectNode answer = JSON.createObjectNode();
            answer.set("Attributes", item.deepCopy());
            return Optional.of(answer);
        }
    }

    /** What DynamoDB answers where the condition fails and the old item is asked for. */
    ObjectNode refusal(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode()
                .put("__type", "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException");
        ObjectNode item = items.get(key(request.path("Key")));
        return item == null ? answer : answer.set("Item", item.deepCopy());
    }

    /** Updates a tenant's count of proofs and its places, under the conditions of the service's ProofQuotaStore. */
    private Optional<ObjectNode> proofs(JsonNode request) {
        JsonNode values = request.path("ExpressionAttributeValues");
        boolean fresh = request.path("UpdateExpression").asText().startsWith("SET");
        AtomicBoolean done = new AtomicBoolean();
        items.compute(key(request.path("Key")), (_, before) -> {
            ObjectNode item = before == null ? JSON.createObjectNode() : before.deepCopy();
            Set<String> running = new TreeSet<>();
            item.at("/running/SS").forEach(place -> running.add(place.asText()));
            long minute = item.at("/minute/N").asLong();
            if (values.has(":places")) {
                values.at("/:places/SS").forEach(place -> running.remove(place.asText()));
                done.set(true);
            } else {
                boolean inTime = fresh
                        ? minute < values.at("/:minute/N").asLong()
                        : minute >= values.at("/:minute/N").asLong()
                                && item.at("/count/N").asLong()
                                        < values.at("/:perMinute/N").asLong();
                if (!inTime || running.size() >= values.at("/:atATime/N").asLong()) {
                    return before;
                }
                running.add(values.at("/:place/SS/0").asText());
                item.set(
                        "minute",
                        number(Math.max(minute, values.at("/:minute/N").asLong())));
                item.set("count", number(fresh ? 1 : item.at("/count/N").asLong() + 1));
                done.set(true);
            }
            item.remove("running");
            if (!running.isEmpty()) {
                running.forEach(item.putObject("running").putArray("SS")::add);
            }
            return item;
        });
        return done.get() ? Optional.of(JSON.createObjectNode()) : Optional.empty();
    }

    private static void apply(ObjectNode item, String expression, JsonNode names, JsonNode values) {
        String[] parts = expression.substring("SET ".length()).split(" REMOVE ", -1);
        for (String set : parts[0].split(", ", -1)) {
            String[] sides = set.split(" = ", -1);
            item.set(names.path(sides[0]).asText(), values.path(sides[1]));
        }
        if (parts.length > 1) {
            for (String removed : parts[1].split(", ", -1)) {
                item.remove(names.path(removed).asText());
            }
        }
    }

    private void place(ObjectNode item) {
        partition(item.at("/duePartition/N").asInt()).put(position(item), item);
    }

    private ConcurrentSkipListMap<String, ObjectNode> partition(int number) {
        return index.computeIfAbsent(number, _ -> new ConcurrentSkipListMap<>());
    }

    private static ObjectNode keys(ObjectNode item) {
        ObjectNode keys = JSON.createObjectNode();
        for (String name : new String[] {"PK", "SK", "duePartition", "dueAt"}) {
            keys.set(name, item.path(name));
        }
        return keys;
    }

    private static String key(JsonNode item) {
        return item.at("/PK/S").asText() + " " + item.at("/SK/S").asText();
    }

    private static String position(JsonNode item) {
        return "%020d %s".formatted(item.at("/dueAt/N").asLong(), key(item));
    }

    private static ObjectNode text(String value) {
        return JSON.createObjectNode().put("S", value);
    }

    private static ObjectNode number(long value) {
        return JSON.createObjectNode().put("N", Long.toString(value));
    }
}
