package dev.sea.integrations.table;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of an item, read and written as Java types. A missing attribute is an error unless it is optional. */
public final class TypedItem {
    private final Map<String, AttributeValue> item;

    public TypedItem(Map<String, AttributeValue> item) {
        this.item = item;
    }

    /** A number as DynamoDB takes it. */
    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    public TypedItem text(String name, String value) {
        item.put(name, AttributeValue.fromS(value));
        return this;
    }

    public TypedItem text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    public TypedItem number(String name, long value) {
        item.put(name, number(value));
        return this;
    }

    public TypedItem number(String name, Optional<Long> value) {
        value.ifPresent(present -> number(name, present));
        return this;
    }

    public TypedItem flag(String name, boolean value) {
        item.put(name, AttributeValue.fromBool(value));
        return this;
    }

    public TypedItem time(String name, Instant value) {
        return number(name, value.toEpochMilli());
    }

    public TypedItem time(String name, Optional<Instant> value) {
        value.ifPresent(present -> time(name, present));
        return this;
    }

    /** The attributes as they are. */
    public Map<String, AttributeValue> attributes() {
        return item;
    }

    public boolean has(String name) {
        return item.containsKey(name);
    }

    public String text(String name) {
        return attribute(name).s();
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    public long number(String name) {
        return Long.parseLong(attribute(name).n());
    }

    public boolean flag(String name) {
        return attribute(name).bool();
    }

    public Instant time(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    public Optional<Instant> optionalTime(String name) {
        return has(name) ? Optional.of(time(name)) : Optional.empty();
    }

    public TypedItem map(String name) {
        return new TypedItem(attribute(name).m());
    }

    /** Of a list of maps; empty where there is none. */
    public List<TypedItem> maps(String name) {
        AttributeValue value = item.get(name);
        return value == null
                ? List.of()
                : value.l().stream().map(AttributeValue::m).map(TypedItem::new).toList();
    }

    public Map<String, String> texts(String name) {
        Map<String, String> texts = new HashMap<>();
        attribute(name).m().forEach((key, value) -> texts.put(key, value.s()));
        return texts;
    }

    /** Of a set of texts. */
    public List<String> texts(String name, List<String> otherwise) {
        AttributeValue value = item.get(name);
        return value == null ? otherwise : value.ss();
    }

    private AttributeValue attribute(String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item without " + name);
        }
        return value;
    }
}
