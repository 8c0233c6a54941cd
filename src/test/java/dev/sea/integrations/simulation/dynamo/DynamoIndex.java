package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.dynamo.DynamoTable.ItemKey;
import dev.sea.integrations.simulation.dynamo.DynamoTable.Place;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The keys by which items are read: the table's own, and those of its sparse indexes, as template.yaml has them. */
enum DynamoIndex {
    TABLE(null, DynamoTable.PK, DynamoTable.SK, null),
    DUE("due", DynamoTable.DUE_PARTITION, DynamoTable.DUE_AT, null),
    RECORDS_TO("recordsTo", "recordsTo", null, "prefix");

    private final @Nullable String indexName;
    private final String partition;
    private final @Nullable String sort;
    private final @Nullable String projected;

    DynamoIndex(@Nullable String indexName, String partition, @Nullable String sort, @Nullable String projected) {
        this.indexName = indexName;
        this.partition = partition;
        this.sort = sort;
        this.projected = projected;
    }

    /** Where an item is in an index. */
    record Entry(DynamoIndex index, String partition, Place place, Map<String, AttributeValue> attributes) {}

    /** @param name null for the table */
    static Optional<DynamoIndex> of(@Nullable String name) {
        return Arrays.stream(values())
                .filter(it -> name == null ? it == TABLE : name.equals(it.indexName))
                .findFirst();
    }

    /** Those that follow the table. */
    static List<DynamoIndex> all() {
        return List.of(DUE, RECORDS_TO);
    }

    boolean isTable() {
        return this == TABLE;
    }

    String partition() {
        return partition;
    }

    boolean sortsBy(String attribute) {
        return attribute.equals(sort);
    }

    /** Null for an item that is not in this index. */
    @Nullable
    Entry entry(ItemKey key, @Nullable Map<String, AttributeValue> item) {
        if (item == null || !item.keySet().containsAll(own())) {
            return null;
        }
        Map<String, AttributeValue> attributes = new TreeMap<>();
        attributes.put(DynamoTable.PK, AttributeValue.fromS(key.pk()));
        attributes.put(DynamoTable.SK, AttributeValue.fromS(key.sk()));
        Stream.concat(own().stream(), Stream.ofNullable(projected))
                .filter(item::containsKey)
                .forEach(name -> attributes.put(name, item.get(name)));
        return new Entry(
                this, text(attributes.get(partition)), place(attributes), Collections.unmodifiableMap(attributes));
    }

    private List<String> own() {
        return sort == null ? List.of(partition) : List.of(partition, sort);
    }

    /** Attributes of the key after which a page starts. */
    List<String> keyAttributes() {
        return isTable()
                ? own()
                : Stream.concat(Stream.of(DynamoTable.PK, DynamoTable.SK), own().stream())
                        .toList();
    }

    Place place(Map<String, AttributeValue> key) {
        String sk = DynamoTable.text(key, DynamoTable.SK);
        if (isTable()) {
            return new Place(0, sk, "");
        }
        long number = sort == null ? 0 : Long.parseLong(DynamoTable.number(key, sort));
        return new Place(number, "", DynamoTable.text(key, DynamoTable.PK) + '\0' + sk);
    }

    static String text(@Nullable AttributeValue partition) {
        if (partition == null) {
            throw new IllegalStateException("an entry without its partition");
        }
        return partition.n() == null ? partition.s() : partition.n();
    }
}
