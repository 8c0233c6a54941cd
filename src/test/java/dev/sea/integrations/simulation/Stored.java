package dev.sea.integrations.simulation;

import dev.sea.integrations.simulation.dynamo.DynamoModel;
import dev.sea.integrations.table.TypedItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All items of the table at one step, by {@code <partition key>|<sort key>}. */
final class Stored {
    private static final String TENANT = "TENANT#";

    private final TreeMap<String, Item> items = new TreeMap<>();
    /** Of all tenants, by the first part of the sort key. */
    private final Map<String, List<Item>> ofTenants = new HashMap<>();

    private final IdentityHashMap<Map<String, AttributeValue>, Item> known = new IdentityHashMap<>();

    static Stored of(DynamoModel dynamo) {
        return of(dynamo, new Stored());
    }

    /** @param before what was stored at an earlier step: an item that is the same is not read again */
    static Stored of(DynamoModel dynamo, Stored before) {
        Stored stored = new Stored();
        dynamo.items().forEach(attributes -> {
            Item known = before.known.get(attributes);
            stored.add(known == null ? new Item(attributes) : known);
        });
        return stored;
    }

    private void add(Item item) {
        known.put(item.attributes, item);
        items.put(item.key, item);
        if (item.pk.startsWith(TENANT)) {
            String kind = item.sk.substring(0, item.sk.indexOf('#') + 1);
            ofTenants.computeIfAbsent(kind, _ -> new ArrayList<>()).add(item);
        }
    }

    /** An item, as the invariants read it. */
    static final class Item {
        private final Map<String, AttributeValue> attributes;
        private final TypedItem typed;
        private final String pk;
        private final String sk;
        private final String key;

        Item(Map<String, AttributeValue> attributes) {
            this.attributes = attributes;
            typed = new TypedItem(attributes);
            pk = typed.text("PK");
            sk = typed.text("SK");
            key = pk + "|" + sk;
        }

        Map<String, AttributeValue> attributes() {
            return attributes;
        }

        String pk() {
            return pk;
        }

        String sk() {
            return sk;
        }

        String tenant() {
            return pk.substring(TENANT.length());
        }

        /** What follows the first {@code #} of the sort key. */
        String id() {
            return sk.substring(sk.indexOf('#') + 1);
        }

        TypedItem typed() {
            return typed;
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

        @Override
        public String toString() {
            return key + " " + attributes;
        }
    }

    Optional<Item> find(String pk, String sk) {
        return Optional.ofNullable(items.get(pk + "|" + sk));
    }

    /** The items of all tenants whose sort keys start like this, up to the first {@code #}. */
    Stream<Item> ofTenants(String kind) {
        return ofTenants.getOrDefault(kind, List.of()).stream();
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
