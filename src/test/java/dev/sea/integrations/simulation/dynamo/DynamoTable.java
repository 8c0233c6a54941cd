package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.AwsErrors;
import dev.sea.integrations.simulation.dynamo.Condition.Operand;
import dev.sea.integrations.simulation.dynamo.DynamoIndex.Entry;
import dev.sea.integrations.simulation.dynamo.ExpressionReader.Placeholders;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the service's table and of its indexes, which follow the table when they are told to. Items are never
 * changed, only replaced.
 */
final class DynamoTable {
    static final String PK = "PK";
    static final String SK = "SK";
    static final String DUE_PARTITION = "duePartition";
    static final String DUE_AT = "dueAt";

    private static final Comparator<String> BY_BYTES = AttributeValues::order;

    private final Sorted items = new Sorted();
    private final Map<DynamoIndex, Sorted> indexes = new EnumMap<>(DynamoIndex.class);
    private final Queue<Change> waiting = new ArrayDeque<>();
    /** Where items are in each index once all changes have reached it. */
    private final Map<DynamoIndex, Map<ItemKey, Entry>> entered = new EnumMap<>(DynamoIndex.class);

    DynamoTable() {
        for (DynamoIndex index : DynamoIndex.all()) {
            indexes.put(index, new Sorted());
            entered.put(index, new HashMap<>());
        }
    }

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
     * A place in a partition of the table or of an index.
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

    /** A change of the table that an index has not seen. */
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
        for (DynamoIndex index : DynamoIndex.all()) {
            Map<ItemKey, Entry> known = Objects.requireNonNull(entered.get(index));
            Entry before = known.get(key);
            Entry after = index.entry(key, item);
            if (!Objects.equals(before, after)) {
                if (after == null) {
                    known.remove(key);
                } else {
                    known.put(key, after);
                }
                waiting.add(new Change(before, after));
            }
        }
    }

    int waiting() {
        return waiting.size();
    }

    /** Lets the oldest changes reach their indexes. */
    void spread(int changes) {
        for (int i = 0; i < changes && !waiting.isEmpty(); i++) {
            Change change = waiting.remove();
            Entry before = change.before();
            if (before != null) {
                sorted(before.index()).remove(before.partition(), before.place());
            }
            Entry after = change.after();
            if (after != null) {
                sorted(after.index()).put(after.partition(), after.place(), after.attributes());
            }
        }
    }

    private Sorted sorted(DynamoIndex index) {
        return Objects.requireNonNull(indexes.get(index));
    }

    /** All items in the order of their keys. */
    Stream<Map<String, AttributeValue>> all() {
        return items.all();
    }

    /** What an index holds. */
    Stream<Map<String, AttributeValue>> in(DynamoIndex index) {
        return sorted(index).all();
    }

    /**
     * A partition's items whose sort keys meet a condition.
     *
     * @param sort null for all
     */
    NavigableMap<Place, Map<String, AttributeValue>> range(
            DynamoIndex index, AttributeValue partition, @Nullable Condition sort, Placeholders placeholders) {
        Sorted read = index.isTable() ? items : sorted(index);
        NavigableMap<Place, Map<String, AttributeValue>> all = read.partition(DynamoIndex.text(partition));
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

    static String text(Map<String, AttributeValue> key, String name) {
        AttributeValue value = key.get(name);
        if (value == null || value.s() == null) {
            throw AwsErrors.validation("The provided key element does not match the schema");
        }
        return value.s();
    }

    static String number(Map<String, AttributeValue> key, String name) {
        AttributeValue value = key.get(name);
        if (value == null || value.n() == null) {
            throw AwsErrors.validation("The provided starting key is invalid");
        }
        return value.n();
    }
}
