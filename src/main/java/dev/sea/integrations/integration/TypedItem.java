package dev.sea.integrations.integration;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of an item, read and written as the types that we use. */
final class TypedItem {
    private final Map<String, AttributeValue> item;

    TypedItem(Map<String, AttributeValue> item) {
        this.item = item;
    }

    TypedItem text(String name, String value) {
        item.put(name, AttributeValue.fromS(value));
        return this;
    }

    TypedItem text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    TypedItem number(String name, long value) {
        item.put(name, AttributeValue.fromN(Long.toString(value)));
        return this;
    }

    TypedItem number(String name, Optional<Long> value) {
        value.ifPresent(present -> number(name, present));
        return this;
    }

    TypedItem flag(String name, boolean value) {
        item.put(name, AttributeValue.fromBool(value));
        return this;
    }

    TypedItem time(String name, Instant value) {
        return number(name, value.toEpochMilli());
    }

    TypedItem time(String name, Optional<Instant> value) {
        value.ifPresent(present -> time(name, present));
        return this;
    }

    boolean has(String name) {
        return item.containsKey(name);
    }

    String text(String name) {
        return attribute(name).s();
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    long number(String name) {
        return Long.parseLong(attribute(name).n());
    }

    boolean flag(String name) {
        return attribute(name).bool();
    }

    Instant time(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    Optional<Instant> optionalTime(String name) {
        return has(name) ? Optional.of(time(name)) : Optional.empty();
    }

    TypedItem map(String name) {
        return new TypedItem(attribute(name).m());
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new HashMap<>();
        attribute(name).m().forEach((key, value) -> texts.put(key, value.s()));
        return texts;
    }

    private AttributeValue attribute(String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item without " + name);
        }
        return value;
    }
}
