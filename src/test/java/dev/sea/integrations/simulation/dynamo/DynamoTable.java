package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.AwsErrors;
import dev.sea.integrations.simulation.dynamo.Condition.Operand;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the service's table and of its index {@code due}, which follows the table when it is told to. Items are never
 * changed, only replaced.
 */
final class DynamoTable {
    static final String PK = "PK";
    static final String SK = "SK";
    static final String DUE_PARTITION = "duePartition";
    static final String DUE_AT = "dueAt";

    private static final Comparator<String> BY_BYTES = AttributeValues::order;

    private final Sorted items = new Sorted();
    private final Sorted due = new Sorted();
    private final Queue<Change> waiting = new ArrayDeque<>();
    /** Where items are in the index once all changes have reached it. */
    private final Map<ItemKey, Entry> entered = new HashMap<>();

    /** An item's primary key. */
    record ItemKey(String pk, String sk) {

        /** Of a key's attributes, which must be these two. */
        static ItemKey of(Map<String, AttributeValue> key) {
            if (key.size() != 2) {
                throw AwsErrors.validation("The provided key element does not match the schema");
            }
            return ofItem(key);
        }

        static ItemKey ofItem(Map<String, AttributeValue> item) {
            ItemKey key = new ItemKey(text(item, PK), text(item, SK));
            if (key.pk().isEmpty() || key.sk().isEmpty()) {
                throw AwsErrors.validation(
                        "One or more parameter values are not valid. The AttributeValue for a key attribute"
                                + " cannot contain an empty string value. Key: "
                                + (key.pk().isEmpty() ? PK : SK));
            }
            return key;
        }
    }

    /**
     * A place in a partition of the table or index.
     *
     * @param number a sort key that is a number; 0 for one that is not
     * @param text a sort key that is a text
     * @param tie what orders items with the same sort key
     */
    record Place(long number, String text, String tie) implements Comparable<Place> {
        private static final String LAST = Character.toString(Character.MAX_CODE_POINT);
        private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::number)
                .thenComparing(Place::text, BY_BYTES)
                .thenComparing(Place::tie, BY_BYTES);

        static Place first(AttributeValue sortKey) {
            return of(sortKey, "", "");
        }

        static Place last(AttributeValue sortKey) {
            return of(sortKey, "", LAST);
        }

        static Place lastOfStart(AttributeValue sortKey) {
            return of(sortKey, LAST, LAST);
        }

        private static Place of(AttributeValue sortKey, String more, String tie) {
            return sortKey.n() == null
                    ? new Place(0, sortKey.s() + more, tie)
                    : new Place(Long.parseLong(sortKey.n()), "", tie);
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** Where an item is in the index. */
    private record Entry(String partition, Place place, Map<String, AttributeValue> attributes) {}

    /** A change of the table that the index has not seen. */
    private record Change(@Nullable Entry before, @Nullable Entry after) {}

    /** Partitions of items in the order of their sort keys. */
    private static final class Sorted {
        private final Map<String, NavigableMap<Place, Map<String, AttributeValue>>> partitions =
                new TreeMap<>(BY_BYTES);

        NavigableMap<Place, Map<String, AttributeValue>> partition(String key) {
            return partitions.getOrDefault(key, new TreeMap<>());
        }

        void put(String key, Place place, Map<String, AttributeValue> item) {
            partitions.computeIfAbsent(key, _ -> new TreeMap<>()).put(place, item);
        }

        Stream<Map<String, AttributeValue>> all() {
            return partitions.values().stream().flatMap(partition -> partition.values().stream());
        }

        void remove(String key, Place place) {
            NavigableMap<Place, Map<String, AttributeValue>> partition = partitions.get(key);
            if (partition != null) {
                partition.remove(place);
            }
        }
    }

    /** Null where there is none. */
    @Nullable
    Map<String, AttributeValue> get(ItemKey key) {
        return items.partition(key.pk()).get(new Place(0, key.sk(), ""));
    }

    /** @param item null to delete it */
    void put(ItemKey key, @Nullable Map<String, AttributeValue> item) {
        Place place = new Place(0, key.sk(), "");
        if (item == null) {
            items.remove(key.pk(), place);
        } else {
            items.put(key.pk(), place, Collections.unmodifiableMap(item));
        }
        Entry before = entered.get(key);
        AttributeValue partition = item == null ? null : item.get(DUE_PARTITION);
        AttributeValue at = item == null ? null : item.get(DUE_AT);
        Entry after = partition == null || at == null ? null : entry(key, partition, at, before);
        if (Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            entered.remove(key);
        } else {
            entered.put(key, after);
        }
        waiting.add(new Change(before, after));
    }

    /** The same as before, if it has not moved. */
    private static Entry entry(ItemKey key, AttributeValue partition, AttributeValue at, @Nullable Entry before) {
        long number = Long.parseLong(at.n());
        if (before != null
                && before.partition().equals(partition.n())
                && before.place().number() == number) {
            return before;
        }
        Map<String, AttributeValue> attributes = new TreeMap<>();
        attributes.put(PK, AttributeValue.fromS(key.pk()));
        attributes.put(SK, AttributeValue.fromS(key.sk()));
        attributes.put(DUE_PARTITION, partition);
        attributes.put(DUE_AT, at);
        return new Entry(
                partition.n(),
                new Place(number, "", key.pk() + '\0' + key.sk()),
                Collections.unmodifiableMap(attributes));
    }

    int waiting() {
        return waiting.size();
    }

    /** Lets the oldest changes reach the index. */
    void spread(int changes) {
        for (int i = 0; i < changes && !waiting.isEmpty(); i++) {
            Change change = waiting.remove();
            if (change.before() != null) {
                due.remove(change.before().partition(), change.before().place());
            }
            if (change.after() != null) {
                due.put(
                        change.after().partition(),
                        change.after().place(),
                        change.after().attributes());
            }
        }
    }

    /** All items in the order of their keys. */
    Stream<Map<String, AttributeValue>> all() {
        return items.all();
    }

    /** What the index holds. */
    Stream<Map<String, AttributeValue>> due() {
        return due.all();
    }

    /**
     * A partition's items whose sort keys meet a condition.
     *
     * @param sort null for all
     */
    NavigableMap<Place, Map<String, AttributeValue>> range(
            boolean index, AttributeValue partition, @Nullable Condition sort, Placeholders placeholders) {
        NavigableMap<Place, Map<String, AttributeValue>> all =
                index ? due.partition(partition.n()) : items.partition(partition.s());
        return switch (sort) {
            case null -> all;
            case Condition.BeginsWith(Operand _, Operand.Given(String start)) ->
                all.subMap(
                        Place.first(placeholders.value(start)),
                        true,
                        Place.lastOfStart(placeholders.value(start)),
                        true);
            case Condition.Between(Operand _, Operand.Given(String low), Operand.Given(String high)) ->
                between(all, placeholders.value(low), placeholders.value(high));
            case Condition.Comparison(Operand _, String operator, Operand.Given(String value)) ->
                compared(all, operator, placeholders.value(value));
            default -> throw AwsErrors.validation("Query key condition not supported");
        };
    }

    private static NavigableMap<Place, Map<String, AttributeValue>> between(
            NavigableMap<Place, Map<String, AttributeValue>> all, AttributeValue low, AttributeValue high) {
        if (AttributeValues.order(low, high) > 0) {
            throw AwsErrors.validation("Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be"
                    + " greater than or equal to lower bound");
        }
        return all.subMap(Place.first(low), true, Place.last(high), true);
    }

    private static NavigableMap<Place, Map<String, AttributeValue>> compared(
            NavigableMap<Place, Map<String, AttributeValue>> all, String operator, AttributeValue value) {
        return switch (operator) {
            case "=" -> all.subMap(Place.first(value), true, Place.last(value), true);
            case "<" -> all.headMap(Place.first(value), false);
            case "<=" -> all.headMap(Place.last(value), true);
            case ">" -> all.tailMap(Place.last(value), false);
            case ">=" -> all.tailMap(Place.first(value), true);
            default -> throw AwsErrors.validation("Invalid KeyConditionExpression: Invalid operator: " + operator);
        };
    }

    static List<String> keyOf(boolean index) {
        return index ? List.of(PK, SK, DUE_PARTITION, DUE_AT) : List.of(PK, SK);
    }

    static Place placeOf(boolean index, Map<String, AttributeValue> key) {
        String sk = text(key, SK);
        return index
                ? new Place(Long.parseLong(number(key, DUE_AT)), "", text(key, PK) + '\0' + sk)
                : new Place(0, sk, "");
    }

    static String text(Map<String, AttributeValue> key, String name) {
        AttributeValue value = key.get(name);
        if (value == null || value.s() == null) {
            throw AwsErrors.validation("The provided key element does not match the schema");
        }
        return value.s();
    }

    private static String number(Map<String, AttributeValue> key, String name) {
        AttributeValue value = key.get(name);
        if (value == null || value.n() == null) {
            throw AwsErrors.validation("The provided starting key is invalid");
        }
        return value.n();
    }
}
