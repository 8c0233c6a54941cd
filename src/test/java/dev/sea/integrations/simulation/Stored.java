package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.dynamo.DynamoModel;
import dev.sea.integrations.table.TypedItem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All items of the table at one step, by {@code <partition key>|<sort key>}. */
final class Stored {
    private final TreeMap<String, Item> items = new TreeMap<>();

    static Stored of(DynamoModel dynamo) {
        Stored stored = new Stored();
        dynamo.items().forEach(attributes -> {
            Item item = new Item(attributes);
            stored.items.put(item.pk() + "|" + item.sk(), item);
        });
        return stored;
    }

    /** An item, as the invariants read it. */
    record Item(Map<String, AttributeValue> attributes) {
        String pk() {
            return typed().text("PK");
        }

        String sk() {
            return typed().text("SK");
        }

        String tenant() {
            return pk().substring("TENANT#".length());
        }

        /** What follows the first {@code #} of the sort key. */
        String id() {
            return sk().substring(sk().indexOf('#') + 1);
        }

        TypedItem typed() {
            return new TypedItem(attributes);
        }

        Optional<String> text(String name) {
            return typed().optionalText(name);
        }

        String textOf(String name) {
            return text(name).orElse("");
        }

        long number(String name) {
            return typed().has(name) ? typed().number(name) : 0;
        }

        /** Of a record's health. */
        TypedItem health() {
            return typed().map("health");
        }
    }

    Optional<Item> find(String pk, String sk) {
        return Optional.ofNullable(items.get(pk + "|" + sk));
    }

    /** A tenant's items whose sort keys start like this; those of all tenants. */
    Stream<Item> ofTenants(String start) {
        return items.values().stream()
                .filter(item -> item.pk().startsWith("TENANT#") && item.sk().startsWith(start));
    }

    Stream<Item> integrations() {
        return ofTenants("INT#");
    }

    Optional<Item> integration(String id) {
        return integrations().filter(item -> item.id().equals(id)).findFirst();
    }

    /** Items whose partition keys start like this. */
    Stream<Item> of(String start) {
        return items.subMap(start, true, start + Character.MAX_VALUE, true).values().stream();
    }

    /** What is another item than before, or none. The model never changes an item, it only replaces it. */
    @SuppressWarnings("ReferenceEquality")
    void changesFrom(Stored before, BiConsumer<Optional<Item>, Optional<Item>> change) {
        before.items.forEach((key, item) -> {
            Item now = items.get(key);
            if (now == null || now.attributes() != item.attributes()) {
                change.accept(Optional.of(item), Optional.ofNullable(now));
            }
        });
        items.forEach((key, item) -> {
            if (!before.items.containsKey(key)) {
                change.accept(Optional.empty(), Optional.of(item));
            }
        });
    }
}
